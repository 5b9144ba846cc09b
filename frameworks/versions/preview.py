"""A criterion of a draft as an observer meets it on a phone: what is saved, or what is being typed."""


def of_criterion(criterion, scale, of):
    texts = {each.level_id: each.text for each in criterion.level_descriptions.all()}
    levels = [(each.code, each.name, texts.get(each.pk, "")) for each in scale.levels.all()]
    return shown(criterion.position, of, levels, lambda name: getattr(criterion, name))


def of_form(form, place, of):
    def value(name):
        return form[name].value() or ""

    levels = [(each.code, each.name, value(f"level_{each.code}")) for each in form.levels]
    return shown(place, of, levels, value)


def shown(place, of, levels, value):
    """`levels` as (code, name, words); `value` gives the words of a field of the criterion."""
    words = {name: value(name) for name in ("name", "look_for", "missed")}
    return {"place": place, "of": of, "levels": levels, **words}

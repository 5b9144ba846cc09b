"""Two organisations with everybody and everything in them, for asking who may see and do what.

Its units and its people are those of people.py. Every object stands in each state that it can be
in, and each text bears a mark.
"""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from frameworks import history
from frameworks.files.writing import as_json, content_of
from frameworks.models import Change, FileToImport
from observations.models import EmergingLook, EmergingTheme, OtherCopy, SectionSave
from practicelens.jobs.models import Run
from practicelens.people.models import Unit
from reports import briefings
from reports.briefings import actions
from reports.cells import rollup
from reports.models import Ask, BriefingSchedule, Decision, Evidence, Finding, Release
from reports.periods import month_of, months_after
from tests import factories as make
from tests.access.marks import Marks
from tests.access.people import ENDED, PEOPLE
from tests.reports.factories import let_all_go

NOTES = [
    "draft",
    "submitted",
    "shared",
    "answered",
    "withdrawn",
    "tried",
    "beside",
    "sibling",
    "far",
    "left",
    "left_draft",
]
# What is made of a note whose state says no such thing itself.
LIFE = {
    "beside": "submitted",
    "sibling": "submitted",
    "far": "submitted",
    "left": "shared",
    "left_draft": "draft",
}
LAST_MONTH = months_after(month_of(timezone.localdate()), -1)


class World:
    """What there is: `people` by their code, and `objects` by kind and state, as address parts."""

    def __init__(self):
        self.marks = Marks()
        self.objects = {}
        self.add_units()
        self.add_people()
        self.add_frameworks()
        self.add_files()
        self.add_shared()
        self.notes = {state: self.add_note(state) for state in NOTES}
        self.add_groups()
        self.add_pairs()
        rollup.recount_all()
        self.add_briefings()
        self.add_the_rest()

    def made(self, factory, origin, **given):
        """A row of a factory, with a mark in every text that is not given."""
        return factory(**self.marks.words_for(factory._meta.model, origin, given), **given)

    def row(self, model, origin, **given):
        return model.objects.create(**self.marks.words_for(model, origin, given), **given)

    def have(self, kind, state, /, **parts):
        """Keep an object under its kind and state: the parts of an address that lead to it."""
        self.objects.setdefault(kind, {})[state] = parts

    # The tree and its people

    def add_units(self):
        unit, kinds = make.UnitFactory, Unit.Kind
        here = self.made(unit, "here", code="here", kind=kinds.ORGANISATION, parent=None)
        service = self.made(unit, "service", code="service", kind=kinds.SERVICE, parent=here)
        away = self.made(unit, "elsewhere", code="elsewhere", kind=kinds.ORGANISATION, parent=None)
        self.units = {
            "here": here,
            "service": service,
            "team": self.made(unit, "team", code="team", parent=service),
            "sibling": self.made(unit, "sibling", code="sibling", parent=service),
            "elsewhere": away,
            "far": self.made(unit, "far", code="far", parent=away),
        }
        for state, each in self.units.items():
            self.have("unit", state, code=each.code)

    def add_people(self):
        self.people, roles = {}, {}
        password = make_password("a long walk in rain")
        for code, held in PEOPLE.items():
            user = self.people[code] = self.made(make.UserFactory, code, password=password)
            for kind, unit in held:
                role = make.RoleFactory(user=user, kind=kind, unit=self.units[unit])
                roles.setdefault(code, role)
            for kind, unit in ENDED.get(code, []):
                make.RoleFactory(user=user, kind=kind, unit=self.units[unit], ended=True)
        for code in ("practitioner", "far_psw", "between", "no_role"):
            self.have("person", code, pk=self.people[code].pk)
        for code in ("practitioner", "far_psw"):
            self.have("role", code, pk=roles[code].pk)
        self.people["disabled"].is_active = False
        self.people["disabled"].save()

    # What good looks like

    def add_frameworks(self):
        self.add_scale()
        self.cause = self.made(make.CauseFactory, "common")
        self.lens = self.made(make.LensFactory, "common")
        self.row_of_lens = self.made(make.PromptFactory, "common", criterion=None, lens=self.lens)
        self.clause = self.made(make.ClauseFactory, "common", standard=self.add_standard())
        self.versions, self.themes = {}, {}
        for state, place in [("here", "here"), ("far", "elsewhere")]:
            unit = self.units[place]
            framework = self.made(
                make.FrameworkFactory,
                state,
                unit=unit,
                code=f"frame-{state}",
                is_open=state == "far",
            )
            self.have("framework", state, code=framework.code)
            self.add_versions(framework, state)
            book = self.made(make.CodebookFactory, state, unit=unit)
            self.themes[state] = self.made(make.ThemeFactory, state, codebook=book, lens=self.lens)
            self.have("theme", state, pk=self.themes[state].pk)
            draft = self.made(make.ThemeFactory, state, codebook=book, is_draft=True)
            self.have("draft_theme", state, pk=draft.pk)
            self.have("codebook", state, pk=book.pk)
            self.add_waiting(book, state)
            word = self.made(make.WordProposalFactory, state, theme=self.themes[state])
            self.have("word", state, pk=word.pk)

    def add_waiting(self, book, state):
        """A wording and an end that wait, a theme that went into another, and one deleted."""
        theme = self.themes[state]
        by = self.people["framework_admin" if state == "here" else "far_framework_admin"]
        self.made(make.ThemeDraftFactory, state, theme=theme, lens=None)
        going = self.made(make.ThemeFactory, state, codebook=book, lens=None)
        self.made(make.ThemeEndFactory, state, theme=going, by=by)
        gone = self.made(
            make.ThemeFactory, state, codebook=book, retired_on=timezone.localdate(), lens=None
        )
        self.made(make.ThemeMappingFactory, state, earlier=gone, later=theme, by=by)
        deleted = self.made(make.ThemeFactory, state, codebook=book, is_draft=True, lens=None)
        change = history.delete(row=deleted, part_of=book, by=by)
        self.have("kept_codebook", state, code=book.code)
        self.have("kept_theme", state, code=book.code, pk=theme.pk, way="merge")
        self.have("theme_deletion", state, code=book.code, pk=change.pk)

    def add_scale(self):
        scale = self.made(make.ScaleFactory, "common", code="five-words")
        for level in scale.levels.all():
            for name, mark in self.marks.words_for(type(level), "common", {}).items():
                setattr(level, name, mark)
            level.save()

    def add_standard(self):
        standard = self.made(make.StandardFactory, "common", code="standard")
        self.have("standard", "common", code=standard.code)
        return standard

    def add_versions(self, framework, place):
        states = ["retired", "published", "drafted"] if place == "here" else ["far"]
        for number, state in enumerate(states, start=1):
            version = self.add_version(framework, number, state)
            self.versions[state] = version
            here = {"code": framework.code, "number": number}
            self.have("version", state, **here, part="framework")
            self.add_second_language(version, state, here)
            criterion = version.criteria.order_by("position").first()
            self.have("criterion", state, pk=criterion.pk)
        if place == "here":
            self.add_draft(self.versions["drafted"])

    def add_shared(self):
        """Lenses, causes and scales: shipped, and of each tree's own; and one deleted."""
        self.have("shared", "shipped", group="lenses", code=self.lens.code)
        for kind, factory in [
            ("lenses", make.LensFactory),
            ("causes", make.CauseFactory),
            ("scales", make.ScaleFactory),
        ]:
            for state, place in [("here", "here"), ("far", "elsewhere")]:
                own = {"code": f"own-{kind}-{state}", "unit": self.units[place]}
                row = self.made(factory, state, **own)
                self.have("shared", f"{kind} {state}", group=kind, code=row.code)
            self.have("shared_kind", kind, group=kind)
        for state, place in [("here", "here"), ("far", "elsewhere")]:
            own = {"code": f"own-standard-{state}", "unit": self.units[place]}
            self.have("standard", state, code=self.made(make.StandardFactory, state, **own).code)
        gone = self.made(make.StandardFactory, "here", code="gone", unit=self.units["here"])
        by = self.people["framework_admin"]
        change = history.delete(row=gone, part_of=gone, by=by)
        self.have("standard_deletion", "here", pk=change.pk)
        gone = self.made(make.LensFactory, "here", code="gone", unit=self.units["here"])
        change = history.delete(row=gone, part_of=gone, by=by)
        self.have("shared_deletion", "here", group="lenses", pk=change.pk)

    def add_draft(self, version):
        """The parts of a draft that its editor opens, and one that was deleted."""
        here = {"code": version.framework.code}
        domain, criterion = version.domains.get(), version.criteria.get()
        self.have("draft", "here", **here)
        self.have("draft_domain", "here", **here, pk=domain.pk)
        self.have("draft_criterion", "here", **here, kind="criteria", pk=criterion.pk)
        gone = self.made(make.CriterionFactory, "drafted", domain=domain, prompt=None)
        by = self.people["framework_admin"]
        change = history.delete(row=gone, part_of=version, by=by)
        self.have("deletion", "here", **here, pk=change.pk)
        before = {"content": as_json(content_of(version)).decode()}
        told = {"before": before, "after": {"file": "ours.json"}}
        imported = history.write_down(Change.Verb.IMPORTED, version, version, by, **told)
        self.have("imported", "here", **here, pk=imported.pk)

    def add_second_language(self, version, state, here):
        """What a version says in another language, of a text that it has no longer."""
        language = self.made(make.SecondLanguageFactory, state, version=version, tag="mi")
        row = self.made(make.SecondWordingFactory, state, language=language)
        if state == "drafted":
            self.have("left_over", "here", **here, pk=row.pk)
            gone = make.SecondWordingFactory(language=language)
            by = self.people["framework_admin"]
            change = history.delete(row=gone, part_of=version, by=by)
            self.have("forgotten", "here", **here, pk=change.pk)

    def add_files(self):
        """A file of each framework, to begin another with; not imported yet."""
        for state, by in [("here", "framework_admin"), ("far", "far_framework_admin")]:
            version = self.versions["drafted" if state == "here" else "far"]
            content = content_of(version)
            content["framework"]["code"] = ""
            given = {"owner": self.people[by], "unit": version.framework.unit}
            held = self.row(FileToImport, state, content=as_json(content), **given)
            self.have("file", state, pk=held.pk)

    def add_version(self, framework, number, state):
        version = self.made(
            make.FrameworkVersionFactory,
            state,
            framework=framework,
            number=number,
            draft=True,
            bare=True,
        )
        domain = self.made(make.DomainFactory, state, version=version)
        criterion = self.made(make.CriterionFactory, state, domain=domain, prompt=None)
        self.made(make.PromptFactory, state, criterion=criterion)
        self.made(make.ExampleFactory, state, criterion=criterion)
        described = self.marks.text("frameworks.LevelDescription.text", state)
        criterion.level_descriptions.update(text=described)
        make.CrosswalkFactory(criterion=criterion, clause=self.clause)
        version.causes.add(self.cause)
        version.lenses.add(self.lens)
        if state != "drafted":
            by = "far_framework_admin" if state == "far" else "framework_admin"
            version.published_at, version.published_by = timezone.now(), self.people[by]
        if state == "retired":
            version.retired_on = date(2024, 6, 1)
        if state == "published":  # the one before was in use till then
            version.effective_on = date(2024, 6, 1)
        version.save()
        return version

    # What was seen

    def add_note(self, state):
        """A note with all its parts. A part of it is quoted later, and bears a mark of its own."""
        place, by, version = {
            "beside": ("team", "psw", "published"),  # of the occasions that the observer saw
            "sibling": ("sibling", "sibling_psw", "published"),
            "far": ("far", "far_psw", "far"),
            "tried": ("team", "observer", "drafted"),
            "left": ("team", "mover", "published"),
            "left_draft": ("team", "mover", "published"),
        }.get(state, ("team", "observer", "published"))
        of = {"sibling": "colleague", "far": "far_practitioner"}.get(state, "practitioner")
        life = {LIFE.get(state, state): True}
        note = self.made(
            make.ObservationFactory,
            state,
            unit=self.units[place],
            observer=self.people[by],
            practitioner=self.people[of],
            framework_version=self.versions[version],
            observed_on=LAST_MONTH + timedelta(days=9),
            kind_of_work="family_meeting",
            **{name: on for name, on in life.items() if name != "answered"},
            **({"shared": True} if state == "answered" else {}),
        )
        note.refresh_from_db()
        self.add_parts(note, state)
        return note

    def add_parts(self, note, state):
        passage = self.add_passage(note, state)
        self.made(make.RatingFactory, state, observation=note).passages.add(passage)
        friction = self.made(make.FrictionFactory, state, observation=note)
        voice = self.made(make.VoiceFactory, state, observation=note)
        make.TalkShareFactory(meeting=make.MeetingFactsFactory(observation=note))
        self.made(make.ConversationFactory, state, observation=note)
        if state == "answered":
            self.made(make.AnswerFactory, state, observation=note, disputed=True)
        theme = self.themes["far" if state == "far" else "here"]
        mention = make.MentionFactory(passage=passage, theme=theme)
        other = self.add_passage(note, state)
        confirmed = make.MentionFactory(passage=other, theme=theme, confirmed=True, engine="")
        identifier = self.made(make.IdentifierFactory, state, passage=passage, reason="")
        self.made(make.IdentifierFactory, state, passage=passage, kept=True)
        replaced = self.made(make.IdentifierFactory, state, passage=other, replaced=True)
        copy = self.add_copy(note, passage, state)
        self.have(
            "note",
            state,
            key=note.key,
            section="where",
            kind="passages",
            entry=passage.key,
            pk=copy.pk,
        )
        self.parts = getattr(self, "parts", {}) | {
            state: {"friction": friction.key, "voices": voice.key, "passages": passage.key}
        }
        self.have("passage", state, pk=passage.pk)
        self.have("mention", state, pk=mention.pk)
        self.have("confirmed", state, pk=confirmed.pk)
        self.have("identifier", state, pk=identifier.pk)
        self.have("replaced", state, pk=replaced.pk)
        self.add_signals(note, passage, state)

    def add_signals(self, note, passage, state):
        """One that waits, in words that may name somebody; and one kept, that may be quoted."""
        other = self.add_passage(note, state, position=0)
        waiting = self.made(make.WeakSignalFactory, state, passage=passage, because="")
        kept = self.made(make.WeakSignalFactory, state, passage=other, kept=True)
        for signal in (waiting, kept):
            self.made(make.SignalStepFactory, state, signal=signal)
        self.have("signal", state, pk=waiting.pk, act="keep")
        self.have("kept_signal", state, pk=kept.pk)

    def add_passage(self, note, state, **where):
        text = self.marks.text("observations.Passage.text", state)
        quoted = self.marks.text("observations.Passage.text", f"quoted of {state}")
        return make.PassageFactory(observation=note, text=f"everything {text} {quoted}", **where)

    def add_copy(self, note, passage, state):
        section = f"passages/{passage.key}"
        SectionSave.objects.create(observation=note, section=section, revision=1)
        mark = self.marks.text("observations.OtherCopy.typed", state)
        return OtherCopy.objects.create(
            observation=note, section=section, typed=urlencode({"text": mark, "kind": "seen"})
        )

    def add_groups(self):
        """Passages by three observers, one of them in the sibling team: enough to who reaches both."""
        look = EmergingLook.objects.create(
            codebook=self.themes["here"].codebook,
            state=EmergingLook.State.DONE,
            said=EmergingLook.Said.FOUND,
            done_at=timezone.now(),
        )
        by_another = make.ObservationFactory(
            unit=self.units["team"],
            observer=self.people["psw"],
            practitioner=self.people["practitioner"],
            framework_version=self.versions["published"],
            submitted=True,
        )
        by_another.refresh_from_db()
        passages = [self.add_passage(by_another, "submitted")]
        for state in ("submitted", "shared", "answered", "sibling", "withdrawn"):
            passages += self.notes[state].passages.all()
        for state in ("candidate", "dismissed"):
            by = self.people["psw"] if state == "dismissed" else None
            group = EmergingTheme.objects.create(
                look=look,
                terms=["everything"],
                closeness=0.8,
                place=1,
                state=state,
                decided_by=by,
                decided_at=timezone.now() if by else None,
            )
            for passage in passages:
                group.passages.create(passage=passage, start=0, end=len(passage.text), nearness=0.8)
            self.have("group", state, pk=group.pk)

    def add_pairs(self):
        for state, note in [("standing", "submitted"), ("withdrawn", "withdrawn")]:
            pair = make.PairFactory(first=self.notes[note], second=self.notes["beside"])
            self.have("pair", state, pk=pair.pk)

    # What leaders are told

    def add_briefings(self):
        BriefingSchedule.objects.create(unit=self.units["service"], starts_on=LAST_MONTH)
        steps = {"drafted": 0, "sent": 1, "approved": 2, "issued": 3, "superseded": 3}
        self.briefings = {
            state: self.add_briefing("service", state, months_after(LAST_MONTH, -at), upto)
            for at, (state, upto) in enumerate(reversed(steps.items()))
        }
        self.add_briefing("sibling", "sibling", LAST_MONTH, 0)
        self.add_briefing("far", "far", LAST_MONTH, 3)
        self.decide(self.briefings["issued"])
        later = actions.reissue(briefing=self.briefings["superseded"], by=self.people["psw"])
        self.briefings["reissued"] = self.take(later, "reissued", 3)

    def add_briefing(self, unit, state, month, upto):
        by = self.people[{"far": "far_psw"}.get(state, "psw")]
        briefing = briefings.compose(unit=self.units[unit], month=month, by=by)
        words = self.marks.words_for(type(briefing), state, {})
        for name, mark in words.items():
            setattr(briefing, name, mark)
        briefing.save()
        for section in briefing.sections.all():
            for name, mark in self.marks.words_for(type(section), state, {}).items():
                setattr(section, name, mark)
            section.save()
        self.add_finding(briefing, state)
        self.row(
            Ask,
            state,
            briefing=briefing,
            number=1,
            owner=self.people["far_leader" if state == "far" else "owner"],
            due_on=timezone.localdate(),
        )
        return self.take(briefing, state, upto)

    def add_finding(self, briefing, state):
        note = {"far": "far", "sibling": "sibling"}.get(state, "submitted")
        # The second passage of the note: the first has words that may name somebody.
        passage = self.notes[note].passages.order_by("position").last()
        quoted = self.marks.text("observations.Passage.text", f"quoted of {note}")
        briefing.findings.all().delete()  # what was suggested bears no marks
        finding = self.row(Finding, state, briefing=briefing, section="framework")
        self.row(Finding, state, briefing=briefing, section="families", dropped_at=timezone.now())
        Evidence.objects.create(
            finding=finding,
            passage=passage,
            side=Evidence.Side.FOR,
            start=passage.text.index(quoted),
            end=len(passage.text),
            is_quoted=True,
        )

    def take(self, briefing, state, upto):
        """Sent, approved and issued, as far as it goes; and kept."""
        far = state == "far"
        by = self.people["far_psw" if far else "psw"]
        other = by if far else self.people["second_psw"]
        let_all_go(briefing, by)
        if upto > 0:
            actions.send_for_approval(briefing=briefing, by=by)
        if upto > 1:
            actions.approve(briefing=briefing, by=other)
        if upto > 2:
            briefing = actions.issue(briefing=briefing, by=by)
        briefing.refresh_from_db()
        finding, ask = briefing.findings.standing().get(), briefing.asks.get()
        evidence = finding.evidence.get()
        here = {"key": briefing.key}
        self.have("briefing", state, **here, section="answers")
        note = {"far": "far", "sibling": "sibling"}.get(state, "shared")
        self.have("offered", state, **here, pk=self.objects["kept_signal"][note]["pk"])
        self.have("finding", state, **here, pk=finding.pk, side="for", evidence=evidence.pk)
        released = Release.objects.get(passage=evidence.passage)
        self.have("released", state, **here, pk=released.pk)
        dropped = briefing.findings.filter(dropped_at__isnull=False).first()
        self.have("dropped", state, **here, pk=dropped.pk if dropped else finding.pk)
        self.have("asked", state, **here, pk=ask.pk)
        self.have("ask", state, pk=ask.pk)
        return briefing

    def decide(self, briefing):
        """What was asked of one month is decided; the others wait."""
        self.row(
            Decision,
            "issued",
            ask=briefing.asks.get(),
            answer=Decision.Answer.YES,
            act_by=timezone.localdate(),
            by=self.people["owner"],
        )

    def add_recodings(self):
        """What would be suggested again, ready to be decided or over, in each organisation."""
        for state, place, note in [
            ("here", "here", "submitted"),
            ("over", "here", "submitted"),
            ("far", "far", "far"),
        ]:
            recoding = make.RecodingFactory(
                codebook=self.themes[place].codebook, done=state == "over"
            )
            make.RecodingChangeFactory(
                recoding=recoding,
                passage=self.notes[note].passages.order_by("position").first(),
                theme=self.themes[place],
                engine="words",
            )
            self.have("recoding", state, pk=recoding.pk)

    def add_the_rest(self):
        self.add_recodings()
        for state, unit in [("here", "service"), ("far", "far")]:
            run = self.row(Run, state, kind=Run.Kind.ROLL_UP, unit=self.units[unit])
            self.have("run", state, pk=run.pk)
            mark = self.marks.text("audit.Entry.changes", state)
            make.EntryFactory(
                by=self.people["observer"], unit=self.units[unit], changes={"name": [None, mark]}
            )

"""What good looks like: frameworks, standards, codebooks, and what they share."""

from tests.access.people import ELSEWHERE, EVERYBODY, HERE
from tests.access.table.rules import (
    EVERYBODY_THERE,
    FORM,
    FRAMEWORK_ADMINS,
    KEEP_FAR,
    KEEP_HERE,
    KEEPERS,
    SEND,
    SHOW,
    SOMEBODY,
    Rule,
)

KEEP_VERSIONS = dict.fromkeys(["published", "retired", "drafted"], KEEP_HERE) | {"far": KEEP_FAR}
SEE_VERSIONS = dict.fromkeys(["published", "retired", "drafted"], HERE) | {"far": ELSEWHERE}
SEE_STANDARDS = {"common": EVERYBODY, "here": HERE, "far": ELSEWHERE}
KEEP_STANDARDS = {"common": "", "here": KEEP_HERE, "far": KEEP_FAR}

FRAMEWORKS = [
    Rule(
        "everybody has a list of what is open to them, and chooses the language they read it in",
        may=EVERYBODY,
        pages={
            "frameworks:list": SHOW,
            "frameworks:themes": SHOW,
            "frameworks:standards": SHOW,
            "frameworks:lenses": SHOW,
            "frameworks:causes": SHOW,
            "frameworks:scales": SHOW,
            "frameworks:lists": SHOW,
            "frameworks:change_notes": SHOW,
            "frameworks:read_in": FORM,
        },
    ),
    Rule(
        "the lists that a unit keeps are open in its tree",
        of="list",
        may=EVERYBODY_THERE,
        pages={"frameworks:list_of": SHOW},
    ),
    Rule(
        "and added to by its admins",
        of="list",
        may=KEEPERS,
        sees=EVERYBODY_THERE,
        pages={"frameworks:list_add": FORM},
    ),
    Rule(
        "who rename, move and retire what is in them",
        of="list_entry",
        may=KEEPERS,
        sees=EVERYBODY_THERE,
        pages={
            "frameworks:list_entry": FORM,
            "frameworks:list_move": SEND,
            "frameworks:list_retire": SEND,
        },
    ),
    Rule(
        "and bring it back",
        of="retired_entry",
        may=KEEPERS,
        sees=EVERYBODY_THERE,
        pages={"frameworks:list_bring_back": SEND},
    ),
    Rule(
        "framework admins give a unit lists of its own",
        may=FRAMEWORK_ADMINS,
        pages={"frameworks:list_begin": FORM},
    ),
    Rule(
        "outside standards are open to everybody, and an organisation's own in its tree",
        of="standard",
        may=SEE_STANDARDS,
        pages={"frameworks:standard": SHOW},
    ),
    Rule(
        "a standard is changed by the admins whose own it is",
        of="standard",
        may=KEEP_STANDARDS,
        sees=SEE_STANDARDS,
        pages={"frameworks:standard_edit": FORM, "frameworks:standard_delete": SEND},
    ),
    Rule(
        "and one that was deleted is put back by those who keep it",
        of="standard_deletion",
        may={"here": KEEP_HERE},
        pages={"frameworks:standard_restore": SEND},
    ),
    Rule(
        "and copied by any that may read it",
        of="standard",
        may=KEEP_STANDARDS | {"common": FRAMEWORK_ADMINS},
        sees=SEE_STANDARDS,
        pages={"frameworks:standard_ours": SEND},
    ),
    Rule(
        "framework admins add standards",
        may=FRAMEWORK_ADMINS,
        pages={"frameworks:standard_new": FORM, "frameworks:standard_load": FORM},
    ),
    Rule(
        "and tie criteria to clauses in the frameworks that they keep",
        of="version",
        may=KEEP_VERSIONS,
        sees=SEE_VERSIONS,
        pages={"frameworks:crosswalk": FORM, "frameworks:first": FORM},
    ),
    Rule(
        "they look at its second language",
        of="version",
        may=KEEP_VERSIONS,
        sees=SEE_VERSIONS,
        pages={
            "frameworks:second_language": SHOW,
            "frameworks:second_words": SHOW,
        },
    ),
    Rule(
        "and change it, until the version is retired",
        of="version",
        may=KEEP_VERSIONS | {"retired": ""},
        sees=SEE_VERSIONS,
        pages={
            "frameworks:second_language": SEND,
            "frameworks:second_words": SEND,
            "frameworks:delete_second_language": FORM,
        },
    ),
    Rule(
        "words left over in it are deleted and put back",
        of="left_over",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={"frameworks:forget_words": SEND},
    ),
    Rule(
        "and what was deleted of it is put back",
        of="forgotten",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={"frameworks:restore_words": SEND},
    ),
    Rule(
        "a framework is read by everybody in the part of the tree that it is for",
        of="framework",
        may=EVERYBODY_THERE,
        pages={"frameworks:framework": SHOW, "frameworks:compare": SHOW},
    ),
    Rule(
        "and so are its published versions; a draft by framework admins",
        of="version",
        may={"published": HERE, "retired": HERE, "drafted": KEEP_HERE, "far": ELSEWHERE},
        pages={
            "frameworks:version": SHOW,
            "frameworks:export_json": SHOW,
            "frameworks:export_xlsx": SHOW,
        },
    ),
    Rule(
        "whoever may read a published version may say that they saw it come into force",
        of="version",
        may={"published": HERE, "retired": HERE, "drafted": "", "far": ELSEWHERE},
        pages={"frameworks:told": SEND},
    ),
    Rule(
        "its admins retire it",
        of="version",
        may=KEEP_VERSIONS | {"drafted": ""},
        sees={"published": HERE, "retired": HERE, "far": ELSEWHERE},
        pages={"frameworks:retire": FORM},
    ),
    Rule(
        "in short a framework is read by anybody at all, if its admins opened it",
        of="framework",
        may={"here": HERE, "far": SOMEBODY},
        public=True,
        pages={"frameworks:outside": SHOW, "frameworks:outside_pdf": SHOW},
    ),
    Rule(
        "and so is each version that came into use; a draft by nobody",
        of="version",
        may={
            "published": HERE,
            "retired": HERE,
            "drafted": "",
            "far": SOMEBODY,
        },
        public=True,
        pages={"frameworks:outside_version": SHOW, "frameworks:outside_version_pdf": SHOW},
    ),
    Rule(
        "a theme is read by everybody in the part of the tree that its codebook is for",
        of="theme",
        may=EVERYBODY_THERE,
        pages={"frameworks:theme": SHOW},
    ),
    Rule(
        "and so is the codebook, which they may take away as a file",
        of="kept_codebook",
        may=EVERYBODY_THERE,
        pages={"frameworks:export_codebook_csv": SHOW, "frameworks:export_codebook_qdc": SHOW},
    ),
    Rule(
        "a codebook is changed by its admins; those who read it may not",
        of="kept_codebook",
        may=KEEPERS,
        sees=EVERYBODY_THERE,
        pages={
            "frameworks:codebook": SHOW,
            "frameworks:codebook_history": SHOW,
            "frameworks:add_theme": FORM,
            "frameworks:import_themes": FORM,
        },
    ),
    Rule(
        "so are its themes",
        of="kept_theme",
        may=KEEPERS,
        sees=EVERYBODY_THERE,
        pages={
            "frameworks:edit_theme": FORM,
            "frameworks:move_theme": SEND,
            "frameworks:leave_theme": SEND,
            "frameworks:keep_theme": SEND,
            "frameworks:bring_back": SEND,
            "frameworks:end_theme": FORM,
        },
    ),
    Rule(
        "and one that was deleted is put back by them",
        of="theme_deletion",
        may=KEEPERS,
        sees=EVERYBODY_THERE,
        pages={"frameworks:restore_theme": SEND},
    ),
    Rule(
        "what a file would change in it is shown to whoever of them sent it",
        of="codebook_file",
        may=KEEPERS,
        sees=EVERYBODY_THERE,
        pages={"frameworks:import_themes_check": FORM},
        answers=(200, 302, 409, 422),
    ),
    Rule(
        "a framework admin begins a framework",
        may=FRAMEWORK_ADMINS,
        pages={
            "frameworks:new": FORM,
            "frameworks:new_from_starter": FORM,
            "frameworks:load": FORM,
            "frameworks:new_codebook": FORM,
            "frameworks:import_file": FORM,
            "frameworks:import_template": SHOW,
            "frameworks:import_schema": SHOW,
        },
    ),
    Rule(
        "what a file would change is shown to whoever sent it",
        of="file",
        may=KEEPERS,
        pages={"frameworks:import_check": FORM},
    ),
    Rule(
        "a framework is changed by its admins; those who read it may not",
        of="framework",
        may=KEEPERS,
        sees=EVERYBODY_THERE,
        pages={
            "frameworks:start_draft": SEND,
            "frameworks:history": SHOW,
            "frameworks:open_outside": FORM,
        },
    ),
    Rule(
        "so is its draft",
        of="draft",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={
            "frameworks:draft": SHOW,
            "frameworks:draft_about": FORM,
            "frameworks:lineage": FORM,
            "frameworks:add_domain": FORM,
            "frameworks:trial": FORM,
            "frameworks:correct": SEND,
            "frameworks:end_trial": SEND,
            "frameworks:erase_trial": FORM,
            "frameworks:publish": FORM,
        },
    ),
    Rule(
        "and a domain of the draft",
        of="draft_domain",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={"frameworks:add_criterion": FORM},
    ),
    Rule(
        "and a criterion of it",
        of="draft_criterion",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={
            "frameworks:draft_part": FORM,
            "frameworks:move_part": SEND,
            "frameworks:duplicate": SEND,
            "frameworks:delete_part": SEND,
        },
    ),
    Rule(
        "what was deleted from it is put back by its admins",
        of="deletion",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={"frameworks:restore": SEND},
    ),
    Rule(
        "what was there before a file took its place is downloaded by its admins",
        of="imported",
        may={"here": KEEP_HERE},
        sees={"here": HERE},
        pages={"frameworks:export_before": SHOW},
    ),
]

KINDS_SHARED = ("lenses", "causes", "scales")
SEE_SHARED = (
    {"shipped": EVERYBODY}
    | {f"{kind} here": HERE for kind in KINDS_SHARED}
    | {f"{kind} far": ELSEWHERE for kind in KINDS_SHARED}
)
KEEP_SHARED = (
    {"shipped": ""}
    | {f"{kind} here": KEEP_HERE for kind in KINDS_SHARED}
    | {f"{kind} far": KEEP_FAR for kind in KINDS_SHARED}
)

SHARED = [
    Rule(
        "lenses, causes and scales are read where they are shipped or made",
        of="shared",
        may=SEE_SHARED,
        pages={"frameworks:shared_row": SHOW},
    ),
    Rule(
        "they are changed by the admins whose own they are; nobody changes those shipped",
        of="shared",
        may=KEEP_SHARED,
        sees=SEE_SHARED,
        pages={"frameworks:shared_edit": FORM, "frameworks:shared_delete": SEND},
    ),
    Rule(
        "a framework admin copies any that they may read",
        of="shared",
        may=KEEP_SHARED | {"shipped": FRAMEWORK_ADMINS},
        sees=SEE_SHARED,
        pages={"frameworks:shared_ours": SEND},
    ),
    Rule(
        "and makes others",
        of="shared_kind",
        may=dict.fromkeys(KINDS_SHARED, FRAMEWORK_ADMINS),
        pages={"frameworks:shared_new": FORM},
    ),
    Rule(
        "what was deleted of them is put back by those who keep it",
        of="shared_deletion",
        may={"here": KEEP_HERE},
        pages={"frameworks:shared_restore": SEND},
    ),
]

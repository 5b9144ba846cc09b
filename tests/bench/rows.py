"""What the tables hold after filling: for each the columns and the rows they are taken from.

A column that is not given holds what a new row of the model would.
"""

from observations.models import (
    Conversation,
    EarlySign,
    Friction,
    MeetingFacts,
    Mention,
    Passage,
    Rating,
    Redaction,
    Reply,
    TalkShare,
    Voice,
)
from practicelens.audit.models import Entry

# In the order of their days, as they come in.
OBSERVATIONS = {
    "unit_id": "unit",
    "observer_id": "observers[1 + floor(random() * cardinality(observers))]",
    "practitioner_id": "practitioner",
    "framework_version_id": "version",
    "observed_on": "day",
    "part_of_day": "(ARRAY['morning', 'afternoon', 'afternoon', 'evening'])"
    "[1 + floor(random() * 4)]",
    "minutes": "20 + floor(random() * 100)::integer",
    "kind_of_work": "kinds[kind]",
    "is_about": "abouts[kind]",
    "setting": "'home'",
    "proximity": "(ARRAY['shadowed', 'alongside', 'remote', 'own_practice', 'talked_about'])"
    "[1 + floor(random() * 5)]",
    "mode": "'in_person'",
    "present": "'{mother}'",
    "family_asked": "'agreed'",
    "reflection_effect": "CASE WHEN random() < 0.2 THEN 'They sat up when I came in.' ELSE '' END",
    "created_at": "day + time '12:00'",
    "changed_at": "day + time '17:00'",
    "submitted_at": "day + time '17:00'",
    "coded_at": "day + time '17:01'",
    "shared_at": "CASE WHEN practitioner IS NOT NULL AND random() < 0.7 "
    "THEN day + time '18:00' END",
    "not_shared_because": "'not_recorded'",
}
FROM_NOTHING = """
  FROM (SELECT %(first_day)s::date + floor(random() * (%(today)s - %(first_day)s::date + 1))::integer
                   AS day,
               1 + floor(random() * (SELECT count(*) FROM people_unit WHERE kind = 'team')) AS place,
               1 + floor(random() * 11)::integer AS kind
          FROM generate_series(1, %(count)s)) AS drawn
  JOIN (SELECT unit_id AS unit, row_number() OVER (ORDER BY unit_id) AS place,
               array_agg(user_id) AS practitioners
          FROM people_role
         WHERE kind = 'practitioner'
         GROUP BY unit_id) AS team USING (place)
 CROSS JOIN LATERAL (
       SELECT practitioners[1 + floor(random() * 2 * cardinality(practitioners))] AS practitioner,
              day) AS seen (practitioner, its_day)
  CROSS JOIN
       (SELECT array_agg(user_id ORDER BY user_id) AS observers
          FROM people_role WHERE kind = 'psw') AS u
  JOIN (SELECT id AS version, effective_on, coalesce(retired_on, 'infinity') AS retired_on
          FROM frameworks_frameworkversion) AS v
    ON day >= effective_on AND day < v.retired_on
 CROSS JOIN
       (SELECT ARRAY['home_visit', 'home_visit', 'home_visit', 'direct_work', 'supervision',
                     'family_meeting', 'conference', 'core_group', 'care_review', 'duty', 'court']
                   AS kinds,
               ARRAY['family', 'family', 'family', 'family', 'supervision',
                     'meeting', 'meeting', 'meeting', 'review', 'duty', 'court'] AS abouts) AS k
 ORDER BY day
"""

PLACE = {name: name for name in ["observation_id", "unit_id", "month", "is_counted"]}
PLACE_OF_IT = PLACE | {"observation_id": "id"}

# Two passages each.
PASSAGES = PLACE_OF_IT | {
    "kind": "(ARRAY['seen', 'seen', 'heard', 'reading'])[1 + floor(random() * 4)]",
    "text": "texts[1 + floor(random() * cardinality(texts))]",
    "position": "number",
}
FROM_OBSERVATIONS = """
  FROM observations_observation, generate_series(1, 2) AS number,
       (SELECT %(texts)s::text[] AS texts) AS t
 WHERE id >= %(first)s
"""

# Twelve of the criteria each; most a level, some not seen, a few missed.
RATINGS = PLACE | {
    "criterion_id": "criterion_id",
    "outcome": "outcome",
    "level_id": "CASE outcome WHEN 'level' "
    "THEN levels[1 + floor(random() * cardinality(levels))] END",
    "cause_id": "CASE outcome WHEN 'missed' "
    "THEN causes[1 + floor(random() * cardinality(causes))] END",
    "evidence": "'One line of what showed it.'",
}
FROM_CRITERIA = """
  FROM (SELECT o.id AS observation_id, o.unit_id, o.month, o.is_counted, levels,
               criteria[1 + (o.id + number) %% cardinality(criteria)] AS criterion_id,
               (ARRAY['level', 'level', 'level', 'level', 'not_seen', 'missed'])
                   [1 + floor(random() * 6)] AS outcome
          FROM observations_observation AS o
          JOIN (SELECT v.id,
                       (SELECT array_agg(id ORDER BY id) FROM frameworks_criterion
                         WHERE version_id = v.id) AS criteria,
                       (SELECT array_agg(id) FROM frameworks_level
                         WHERE scale_id = v.scale_id) AS levels
                  FROM frameworks_frameworkversion AS v) AS version
            ON version.id = o.framework_version_id
         CROSS JOIN generate_series(0, 11) AS number
         WHERE o.id >= %(first)s) AS made,
       (SELECT array_agg(id) AS causes FROM frameworks_cause) AS w
"""

# Three themes a passage, none in every tenth; of five three are confirmed, one is rejected and one
# still suggested.
MENTIONS = PLACE | {
    "passage_id": "passage_id",
    "theme_id": "theme_id",
    "stance": "(ARRAY['helps', 'hinders', 'neither'])[1 + floor(random() * 3)]",
    "status": "status",
    "engine": "'words'",
    "score": "random()",
    "start": "0",
    "end": "40",
    "suggested_at": "submitted_at",
    "decided_at": "CASE WHEN status <> 'suggested' THEN submitted_at + interval '1 hour' END",
    "decided_by_id": "CASE WHEN status <> 'suggested' THEN observer_id END",
}
FROM_PASSAGES = """
  FROM (SELECT p.observation_id, p.unit_id, p.month, p.is_counted, p.id AS passage_id,
               submitted_at, observer_id,
               themes[1 + (p.id * 3 + number) %% cardinality(themes)] AS theme_id,
               (ARRAY['confirmed', 'confirmed', 'confirmed', 'rejected', 'suggested'])
                   [1 + floor(random() * 5)] AS status
          FROM observations_passage AS p
          JOIN observations_observation AS o ON o.id = p.observation_id
         CROSS JOIN generate_series(0, 2) AS number
         CROSS JOIN (SELECT array_agg(id ORDER BY id) AS themes FROM frameworks_theme) AS t
         WHERE p.observation_id >= %(first)s AND p.id %% 10 <> 0) AS made
"""

FRICTIONS = PLACE_OF_IT | {
    "system": "(ARRAY['case_system', 'forms', 'chronology', 'approval'])[1 + floor(random() * 4)]",
    "effect": "(ARRAY['hindered', 'hindered', 'helped'])[1 + floor(random() * 3)]",
    "minutes": "5 + floor(random() * 40)::integer",
    "step": "'Signing in again'",
}
FROM_HALF = "FROM observations_observation WHERE id >= %(first)s AND id %% 2 = 0"

VOICES = {"observation_id": "id", "who": "'mother'", "words": "'You wrote down what I said.'"}
FROM_A_THIRD = "FROM observations_observation WHERE id >= %(first)s AND id %% 3 = 0"

MEETING_FACTS = {
    "observation_id": "id",
    "asked_first": "(ARRAY['mother', 'chair', 'child'])[1 + floor(random() * 3)]",
    "decided": "(ARRAY['with', 'to', 'for'])[1 + floor(random() * 3)]",
}
FROM_MEETINGS = """
  FROM observations_observation WHERE id >= %(first)s AND is_about = ANY(%(meetings)s)
"""
SHARES = {
    "meeting_id": "meeting.id",
    "role": "role",
    "minutes": "1 + floor(random() * 20)::integer",
}
FROM_MEETING_FACTS = """
  FROM observations_meetingfacts AS meeting,
       unnest(ARRAY['mother', 'chair', 'social_worker']) AS role
 WHERE observation_id >= %(first)s
"""

# Nearly all that were shared have a reply; the newest replies are not read yet.
REPLIES = {
    "observation_id": "id",
    "by_id": "practitioner_id",
    "verdict": "CASE WHEN random() < 0.9 THEN 'agreed' ELSE 'disagreed' END",
    "words": "'I would put the second part differently.'",
    "fairness": "(ARRAY['fair', 'fair', 'mostly', 'unfair'])[1 + floor(random() * 4)]",
    "replied_at": "shared_at + interval '3 days'",
    "read_at": "CASE WHEN observed_on < %(lately)s THEN shared_at + interval '4 days' END",
}
FROM_SHARED = """
  FROM observations_observation
 WHERE id >= %(first)s AND shared_at IS NOT NULL AND id %% 8 <> 0
"""
CONVERSATIONS = {
    "observation_id": "id",
    "strengths": "'Unhurried.'",
    "next_step": "'Ask what a good day looks like.'",
    "look_again_on": "observed_on + 30",
}
FROM_A_TENTH = "FROM observations_observation WHERE id >= %(first)s AND id %% 10 = 0"

# A name check in every tenth passage, settled; an early sign in every fiftieth, the newest open.
REDACTIONS = {
    "observation_id": "observation_id",
    "passage_id": "passage.id",
    "kind": "'person'",
    "words": "'Mum'",
    "suggestion": "'the mother'",
    "start": "0",
    "end": "3",
    "found_at": "submitted_at",
    "settled": "'replaced'",
    "settled_at": "submitted_at",
    "replacement": "'the mother'",
}
FROM_TENTH_PASSAGES = """
  FROM observations_passage AS passage
  JOIN observations_observation AS observation ON observation.id = observation_id
 WHERE observation_id >= %(first)s AND passage.id %% 10 = 3
"""
EARLY_SIGNS = {
    "passage_id": "passage.id",
    "reasons": """'[{"kind": "odd", "words": [[0, 5]], "among": 20}]'::jsonb""",
    "start": "0",
    "end": "20",
    "found_at": "submitted_at",
    "state": "CASE WHEN observed_on < %(lately)s THEN 'kept' ELSE 'open' END",
    "decided_at": "CASE WHEN observed_on < %(lately)s THEN submitted_at END",
    "decided_by_id": "CASE WHEN observed_on < %(lately)s THEN observer_id END",
}
FROM_FIFTIETH_PASSAGES = """
  FROM observations_passage AS passage
  JOIN observations_observation AS observation ON observation.id = observation_id
 WHERE observation_id >= %(first)s AND passage.id %% 50 = 0
"""
# Two lines in the log for each.
ENTRIES = {
    "at": "submitted_at",
    "by_id": "observer_id",
    "action": "action",
    "what": "'observation'",
    "object_pk": "id::text",
    "unit_id": "unit_id",
}
FROM_ACTIONS = """
  FROM observations_observation, unnest(ARRAY['submitted', 'read']) AS action
 WHERE id >= %(first)s
"""

PARTS = [
    (Passage, PASSAGES, FROM_OBSERVATIONS),
    (Rating, RATINGS, FROM_CRITERIA),
    (Mention, MENTIONS, FROM_PASSAGES),
]
BESIDE = [
    (Friction, FRICTIONS, FROM_HALF),
    (Voice, VOICES, FROM_A_THIRD),
    (MeetingFacts, MEETING_FACTS, FROM_MEETINGS),
    (TalkShare, SHARES, FROM_MEETING_FACTS),
    (Reply, REPLIES, FROM_SHARED),
    (Conversation, CONVERSATIONS, FROM_A_TENTH),
    (Redaction, REDACTIONS, FROM_TENTH_PASSAGES),
    (EarlySign, EARLY_SIGNS, FROM_FIFTIETH_PASSAGES),
    (Entry, ENTRIES, FROM_ACTIONS),
]

"""Sentences that are hard to read for names: words that are names too, greetings, posts, teams.

Half of each were written before the rules that they measure and first read with them once those
were done. Nothing here is about a real person.
"""

# Nobody is named, though a capital or a word looks like it.
QUIET = """
Kei te pai te whānau, she said, and laughed.
Kia ora koutou, ka kite anō.
Kei te pēhea koe? he asked at the door.
Tēnā koutou katoa, and the meeting began.
Nau mai, haere mai to the hui.
Ngā mihi nui for the kai.
Mā te wā, said the worker as she left.
Will Riverside Team take this on?
Will Housing pay for the move?
Will Children's Services be there?
May half term has gone already.
Mark the date on the wall planner.
Grant funding ends in the spring.
Faith leaders were asked to come.
Hope House was full again.
Summer holidays are hard for her.
Summer was long and nobody rang.
Diolch yn fawr, said the mother.
Bore da, how are you today?
Mae hi'n oer, he said about the flat.
Early Help had closed in March.
The Family Support Worker and the Independent Reviewing Officer disagreed.
Team Manager to sign off by Friday.
Youth Justice and Probation were both there.
Senior Practitioner cover was thin in August.
Ask Virtual School about the place.
Will the Duty Team ring back?
May I bring a friend?
Rose early and drove to court.
Bill came in from the energy company.
Joy was in the room for once.
Christmas contact has not been agreed.
Oranga Tamariki held a hui-ā-whānau.
Whakawhanaungatanga came before anything else.
Sent to Legal, then to Finance.
Kaimahi shared the plan.
Tino pai, you have done that well.
Children in Need plan reviewed.
Kerry was visited by the inspectors last year.
Mercy is not what she wanted; a fair hearing is.
Kei hea te kōtiro? was all she asked.
Ka pai tō mahi, he told the worker.
Mōrena e hoa, she called from the gate.
Kei te tika, said the kaumātua.
He aha te mea nui o te ao?
Me hoki au ki te kāinga, he said.
E noho rā, and the car pulled away.
Aroha mai, I am late.
Haere rā and thank you.
Nō reira, tēnā koutou.
Will Eastfield Team carry it on?
Will Probation write the report?
Will Adult Social Care join us?
May is the month when placements break down.
Mark down what was seen, not what was felt.
Grant applications go to the Hardship Fund.
Faith was important to the family.
Hope is thin in this team.
Autumn term begins with a new school.
Prynhawn da, come in and sit down.
Sut wyt ti? the worker asked in Welsh.
Dw i'n hapus yma, said the boy.
Iechyd da, said grandad over his tea.
Practice Educator and Advanced Practitioner met.
Service Manager asked for the minutes.
Edge of Care met with Education.
Principal Social Worker to chair.
Contact Centre staff were kind.
Ring Benefits on Monday.
Pat answers came back from the meeting.
Rob the family of a say and you lose them.
Sue for damages was the last thing on her mind.
Frank words were said.
Will they come back tomorrow?
Grace was shown on both sides.
Dawn raids frighten the little ones.
Sandy floors and a broken heater.
Mātua were asked first, then the kaimahi.
Easter was when it went wrong.
Lent money by a neighbour, she paid the rent.
""".strip().splitlines()

# Somebody is named: the sentence, and every name in it.
NAMED = [
    line.split(" | ")
    for line in """
Will Thomas read the plan aloud. | Will Thomas
Will was asleep when we came. | Will
Hope said that she was fine. | Hope
Grant Palmer opened the door. | Grant Palmer
Mark's mum was late. | Mark
May Williams rang twice. | May Williams
Summer has a new school. | Summer
Faith told me about the dog. | Faith
Kei is seven and likes trains. | Kei
Pai Ngata spoke for the whānau. | Pai Ngata
Kei's bedroom was cold. | Kei
Kia Morgan hid in the hall. | Kia Morgan
We met Hope Team's oldest member, Ada Flynn. | Ada Flynn
I sat with Will and Faith. | Will | Faith
Mercy was crying. | Mercy
Te Ao was asked first. | Te Ao
Dawn lives with her nan. | Dawn
Autumn wants to go home. | Autumn
I spoke with Mae at the gate. | Mae
Will Carter will not see the worker. | Will Carter
Will Hughes came to the door. | Will Hughes
Will has not been to school. | Will
Hope's room was tidy. | Hope
Grant thinks that nobody listens. | Grant
Mark Ellis and May sat apart. | Mark Ellis | May
Summer hid behind the sofa. | Summer
I told Faith about the court. | Faith
We asked Mere Kingi to open the hui. | Mere Kingi
Kei told me she was hungry. | Kei
Kei Tanaka drew a house. | Kei Tanaka
Aroha was in tears. | Aroha
I met Aroha Pene at the marae. | Aroha Pene
Bore da, said Gwen. | Gwen
Joy Adeyemi chaired. | Joy Adeyemi
Rose Tui has moved out. | Rose Tui
Grace wants her own room. | Grace
Frank lives upstairs. | Frank
Easter Joseph is her aunt. | Easter Joseph
Ngaire Manu spoke last. | Ngaire Manu
Will Eastwood gave a lift. | Will Eastwood
""".strip().splitlines()
]


def notes():
    """Both kinds as labelled notes: {"id", "text", "spans"}."""
    quiet = [{"text": text, "spans": []} for text in QUIET]
    named = [{"text": text, "spans": [span(text, name) for name in of]} for text, *of in NAMED]
    return [note | {"id": f"hard-{at}"} for at, note in enumerate(quiet + named)]


def span(text, name):
    start = text.index(name)
    return [start, start + len(name), "PERSON"]

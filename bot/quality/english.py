"""English words that the checks of a source need, by what they do."""

from __future__ import annotations

from decimal import Decimal


def words(text: str) -> frozenset[str]:
    """The words of a text, for tables that stay readable.

    >>> sorted(words("a of"))
    ['a', 'of']
    """
    return frozenset(text.split())


# Capitals for emphasis, not for a name.
SHOUTED = words("""
    A I NOT AND OR THE ALL NO ONLY BUT IS ARE IN ON OF TO FOR WITH VERY MUST NEW BOTH ANY EVERY
    NEVER ALWAYS II III IV VI VII VS OK OKAY YES FYI AKA ASAP DIY TLDR
""")

# Units of measure, written against their number or apart from it.
MEASURES = words("""
    dB KB kB MB GB TB PB KiB MiB GiB TiB mL ml Wh kWh MWh Hz kHz MHz GHz ms fps px kg km mm cm nm
    FPS
""")

# Capitalised at the beginning of a sentence or by convention, never a name that must stay.
COMMON = words("""
    the this that these those a an we our it its in on for to by with as at from and or but while
    when where which who how what why using based shows show presents present proposes propose
    introduces introduce uses use provides provide explores explore however moreover furthermore
    additionally finally despite although instead overall unlike compared given recent existing
    current previous extensive experimental experiments results code models model large language
    data training learning towards toward can do does is are all they them their his her here there
    only about over around nearly roughly approximately just under within after before during since
    across among between not without every even smaller larger cost
    each both many most some such more one two three first second third
    january february march april may june july august september october november december
    university english korean japanese chinese european american french german spanish
""")

# Acronyms that a translation may spell out in its own words; any other short one is a name.
EXPANDED = words("""
    AI ML NLP NLU NLG CV RL IL QA VQA OCR ASR TTS IR IE NER MT NMT KG KB VR AR XR HCI RNN CNN
    GNN MLP UI GUI UX OS IT API SDK CLI IDE DB SQL CI CD SE CPU GPU TPU RAM PC PDF FAQ ID OOD
    IID KL SFT PT FT US USA UK EU UN UAE NYC LA PR CEO CTO PhD MRI CT EHR EMR EEG ECG DNA RNA
    HIV ICU SNP STEM AGI ASI LM SLM CoT ToT SOTA SGD GD PDE ODE DAG MDP MCQ TD MC BC GAN VAE SSM
    SSL ICL FFN MSE CE AUC ROC RMSE MAE PCA SVD FID IoU PR SNR DP HPC IoT NPC RPG IQ EQ TV GPS
    UAV CT CAD CAE SaaS B2B ETA KPI ESG GDP HR PII ER NASA FDA WHO ISO COT TOT LR EM FL TTA TTC
    TTT FP ICD BMI QoS DL DNN ANN LSTM
""")

# Words that carry a number without being a name: Top-1, System-2.
COUNTED = words("""
    top figure fig table phase stage level step layer type tier system best pass rank hop round
    appendix section lemma theorem equation algorithm scenario version chapter part task group
    class day week multi single mid pre post sub early late non size depth width
    question experiment study condition finding observation takeaway insight hypothesis claim
    turn iteration epoch fold track setting mode block batch episode trial case example session
    option line row column item point rule principle property requirement problem proposition
    corollary definition remark lesson goal month quarter season unit module axis dimension
    criterion factor topic stream branch wave sample candidate
""")

# Companies, journals and people that are words or eponyms as well.
ORDINARY_NAMES = words("""
    science time scale nature meta oracle unity stability figure character hopper vertex sky
    windows chrome safari excel outlook docker spark rails economist lancet wired verge bedrock
    ampere go swift turing shannon bayes gauss markov fourier newton pearl silver dean baker
    jumper page brown clark russell jordan simon ring sage snap zoom slack notion box block
    square stripe discord cell target shell gap arm cruise lift lyft match indeed reason western
    eastern northern southern internet web global general universal android wiki reading nice
    orange cambridge english world state union alliance figma canvas blender postman
""")

MAGNITUDES = {
    "k": 10**3,
    "K": 10**3,
    "M": 10**6,
    "mn": 10**6,
    "B": 10**9,
    "bn": 10**9,
    "T": 10**12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_TEENS = "sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {name: value for value, name in enumerate(f"{_ONES} {_TEENS}".split(), 1)}
NUMBERS |= {name: 10 * value for value, name in enumerate(_TENS.split(), 2)}

# Values that a translation may write in digits where the English says it in these words.
_IMPLIED = """
2: second secondary both twice double doubles doubled doubling dual pair pairs pairwise couple
2: bipedal biped bimanual stereo
2: binary bilingual bidirectional two twofold fortnight half halves halved halving quadratic ii
2: duo duet dyad dyads dyadic duplicate duplicates biweekly bimonthly biannual biennial bimodal bi
3: third thirds triple triples tripled tripling thrice threefold cubic iii
3: trio trios triad triads trilogy triplet triplets triplicate trilingual trimodal tripartite tri
3: ternary quarterly
4: fourth quarter quarters quadruple quadruples quadrupled quadrupling fourfold iv
4: quadruped quadrupedal quadrupeds quad quartet quadruplicate quaternary quarterly
5: fifth quintuple quintuples quintupled fivefold v quintet pentagon pentagonal
6: sixth vi sextet hexagon hexagonal semiannual semester
7: seventh week weekly
8: eighth octet octal octagon
9: ninth
10: tenth tenfold decade decades dozens magnitude decimal
16: hexadecimal
12: dozen annual annually yearly
20: twentieth
24: daily
30: thirtieth
25 75 0.25 0.75: quarter quarters
50 0.5: half halves halved halving
100: hundredth hundredfold hundred hundreds century all entirely fully magnitude
1000: thousand thousands thousandfold magnitude
10000 100000: magnitude
1000000: million millions
1000000000: billion billions
1000000000000: trillion trillions
33 0.33: third
33 67 66: thirds
0: zero none no
"""
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORT_MONTHS = "jan feb mar apr may jun jul aug sept oct nov dec"
_ORDINALS = "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"


def _implied() -> dict[str, frozenset[Decimal]]:
    table = {name: {Decimal(value)} for value, name in enumerate(MONTHS, 1)}
    table |= {name: {Decimal(value)} for value, name in enumerate(_SHORT_MONTHS.split(), 1)}
    for value, name in enumerate(f"{_ORDINALS} nineteenth".split(), 11):
        table |= {name: {Decimal(value)}, f"{name}s": {Decimal(value)}}
    for line in _IMPLIED.strip().splitlines():
        values, names = line.split(":")
        for name in names.split():
            table.setdefault(name, set()).update(map(Decimal, values.split()))
    return {name: frozenset(values) for name, values in table.items()}


IMPLIED = _implied()

import type { Incident, SimilarIncident } from '../../../shared/model/action.ts';
import { codesOf, quotedOf } from '../fixes/facts.ts';
import { termSimilarity, termsOf, trigramSimilarity, weightOf } from '../fixes/similarity.ts';
import { contradict } from '../fixes/veto.ts';
import { durationInWords } from '../health/words.ts';

/** The same error in another skill is nearly as good as in this one. */
const ELSEWHERE = 0.95;
/** Only the same signature is the same error. */
const ALIKE_AT_MOST = 0.9;
/** The least likeness that is worth a look; the same as for fixes. */
const MAYBE = 0.6;

/** The incidents of one skill with one signature: the one to look at, and how many there were. */
interface Stretch {
  readonly incident: Incident;
  readonly times: number;
}

/**
 * Earlier incidents that look like `subject`, best first, at most `limit`: the same error in this skill, the same error
 * elsewhere, then what is alike by the rules the fixes are matched by. Of each skill and signature only one is shown,
 * the newest that names a fix, else the newest.
 */
export function similarIncidents(
  subject: Incident,
  candidates: readonly Incident[],
  limit: number,
): SimilarIncident[] {
  const earlier = candidates.filter((one) => one.id !== subject.id && one.startedAt <= subject.startedAt);
  const stretches = stretchesOf(earlier);
  const likeness = likenessTo(subject, stretches);
  return stretches
    .map((stretch) => ({ stretch, score: likeness(stretch.incident) }))
    .filter(({ score }) => score >= MAYBE)
    .sort((a, b) => b.score - a.score || b.stretch.incident.startedAt - a.stretch.incident.startedAt)
    .slice(0, limit)
    .map(({ stretch, score }) => ({
      incident: stretch.incident,
      score,
      why: whyAlike(subject, stretch, score),
    }));
}

function stretchesOf(incidents: readonly Incident[]): Stretch[] {
  const found = new Map<string, Stretch>();
  for (const incident of [...incidents].sort((a, b) => b.startedAt - a.startedAt)) {
    const key = `${incident.skillId} ${incident.signature}`;
    const known = found.get(key);
    const better = known?.incident.ended?.fixId === undefined && incident.ended?.fixId !== undefined;
    found.set(key, {
      incident: known === undefined || better ? incident : known.incident,
      times: (known?.times ?? 0) + 1,
    });
  }
  return [...found.values()];
}

/** How alike an incident is to the subject, 0 to 1; 0 where codes or quoted names contradict. */
function likenessTo(subject: Incident, stretches: readonly Stretch[]): (incident: Incident) => number {
  const terms = termsOf(subject.signature);
  const marks = { codes: codesOf(subject.signature), quoted: quotedOf(subject.signature) };
  const having = new Map<string, number>();
  const termsBySignature = new Map<string, ReadonlySet<string>>();
  for (const { incident } of stretches) {
    if (termsBySignature.has(incident.signature)) continue;
    const own = termsOf(incident.signature);
    termsBySignature.set(incident.signature, own);
    for (const term of own) having.set(term, (having.get(term) ?? 0) + 1);
  }
  const weigh = (term: string) => weightOf(termsBySignature.size, having.get(term) ?? 0);
  return ({ signature, skillId }) => {
    if (signature === subject.signature) return skillId === subject.skillId ? 1 : ELSEWHERE;
    if (contradict({ codes: codesOf(signature), quoted: quotedOf(signature) }, marks)) return 0;
    const byWords = termSimilarity(terms, termsBySignature.get(signature) ?? new Set(), weigh);
    if (byWords < MAYBE / 2) return 0;
    return Math.min(ALIKE_AT_MOST, 0.7 * byWords + 0.3 * trigramSimilarity(subject.signature, signature));
  };
}

function whyAlike(subject: Incident, { incident, times }: Stretch, score: number): string {
  const here = incident.skillId === subject.skillId;
  const where = here ? 'in this skill' : `in ${incident.skillId}`;
  const what =
    incident.signature === subject.signature
      ? `The same error ${where}`
      : `${Math.round(score * 100)} % alike, ${where}`;
  const often = times === 1 ? 'once before' : `${times} times before`;
  return `${what}, ${often}; ${howItEnded(incident)}.`;
}

function howItEnded({ ended, endedAt, startedAt }: Incident): string {
  if (endedAt === null) return 'it has not ended yet';
  const lasted = durationInWords(endedAt - startedAt);
  if (ended?.fixId !== undefined) return `a fix ended it after ${lasted}`;
  if (ended?.by === 'user') return `resolved by hand after ${lasted}`;
  if (ended?.by === 'out-of-service') return `the skill left service after ${lasted}`;
  return `it recovered after ${lasted}`;
}

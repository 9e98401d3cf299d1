/** What a machine can say about prose: length, tone, and numbers that differ between languages. */
import { problem, type Problem } from './problem';
import { plainText, type Piece, type Prose, type Section } from './prose';

const MOST_WORDS = 90;
const MOST_CHARACTERS = 190;
const BLAME = /\b(obviously|just|simply|of course|easily|trivial(?:ly)?)\b|显然|只需|不过是/i;

/** Problems of the two languages, each alone and compared. */
export function proseProblems(english: Prose, chinese: Prose): Problem[] {
  return [...toneProblems(english), ...toneProblems(chinese), ...drift(english, chinese)];
}

function toneProblems(prose: Prose): Problem[] {
  return [...prose.sections.values()].flatMap((section) => [
    ...lengthProblem(prose, section),
    ...[section, ...section.pieces.values()].flatMap((piece) => blameProblem(prose, piece)),
  ]);
}

function lengthProblem({ file, locale }: Prose, section: Section): Problem[] {
  const text = plainText(section.tokens);
  const words = text.split(/\s+/).length;
  const characters = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const tooLong = locale === 'en' ? words > MOST_WORDS : characters > MOST_CHARACTERS;
  if (!tooLong) return [];
  const en = `Step ${section.id}: ${locale === 'en' ? words : characters} words; ${MOST_WORDS} advised.`;
  const zh = `步骤 ${section.id} 的正文偏长（${characters || words}）。`;
  return [problem('W01', { file, line: section.line }, en, zh)];
}

function blameProblem({ file }: Prose, piece: Piece): Problem[] {
  const found = BLAME.exec(plainText(piece.tokens))?.[0];
  if (!found) return [];
  const en = `“${found}” makes a reader who is stuck feel at fault.`;
  return [problem('W05', { file, line: piece.line }, en, `“${found}”会让卡住的读者自责。`)];
}

function drift(english: Prose, chinese: Prose): Problem[] {
  return [...english.sections.values()].flatMap((section) => {
    const other = chinese.sections.get(section.id);
    if (!other) return [];
    const here = numbersIn(section);
    const there = numbersIn(other);
    const only = [...here].filter((n) => !there.has(n));
    const others = [...there].filter((n) => !here.has(n));
    if (only.length + others.length === 0) return [];
    const pair = `en.md ${only.join(' ') || '–'}, zh-CN.md ${others.join(' ') || '–'}`;
    const place = { file: chinese.file, line: other.line };
    const en = `Step ${section.id} has numbers in one language only: ${pair}.`;
    return [problem('E13', place, en, `步骤 ${section.id} 中英文数字不一致：${pair}。`)];
  });
}

/** Numbers of two digits and more, and decimals; small ones may be words. */
function numbersIn(section: Section): Set<string> {
  const text = [section, ...section.pieces.values()].map((p) => plainText(p.tokens)).join(' ');
  const found = text.replaceAll(/(\d)[\s,](?=\d{3}\b)/g, '$1').match(/\d+\.\d+|\d{2,}/g) ?? [];
  return new Set(found);
}

/** What a machine can say about prose: length, tone, names, and numbers that differ. */
import { problem, type Problem } from './problem';
import { plainText, type Piece, type Prose, type Section } from './prose';

/** Of a step, and of a caption, which a whole room reads. */
const MOST_WORDS = { step: 80, caption: 20 };
const MOST_CHARACTERS = { step: 170, caption: 45 };
const BLAME = /\b(obviously|just|simply|of course|easily|trivial(?:ly)?)\b|显然|只需|不过是/i;

const THINGS = 'nodes?|rings?|arcs?|slices?|lines?|dots?|circles?|arrows?|boxes|box|cells?|rows?';
const COLOURS = 'red|green|blue|yellow|orange|purple|violet|pink|magenta|grey|gray';
const COLOUR_NAME = new RegExp(
  `\\b(?:${COLOURS}) (?:${THINGS})\\b|[红绿蓝黄橙紫粉灰]色?的?(?:节点|圆|线|弧|点|箭头|方块|格|行)`,
  'i',
);
const NODE_ID = /\b[0-9a-f]{40}\b/;

/** Problems of the two languages, each alone and compared. */
export function proseProblems(english: Prose, chinese: Prose): Problem[] {
  return [...toneProblems(english), ...toneProblems(chinese), ...drift(english, chinese)];
}

function toneProblems(prose: Prose): Problem[] {
  return [...prose.sections.values()].flatMap((section) => [
    ...lengthProblem(prose, section, 'step'),
    ...[...section.pieces.values()]
      .filter(({ id }) => id === 'caption')
      .flatMap((piece) => lengthProblem(prose, { ...piece, id: section.id }, 'caption')),
    ...[section, ...section.pieces.values()].flatMap((piece) => wordProblems(prose, piece)),
  ]);
}

function lengthProblem({ file, locale }: Prose, piece: Piece, of: 'step' | 'caption'): Problem[] {
  const text = plainText(piece.tokens);
  const isEnglish = locale === 'en';
  const count = isEnglish
    ? text.split(/\s+/).length
    : (text.match(/\p{Script=Han}/gu) ?? []).length;
  const most = (isEnglish ? MOST_WORDS : MOST_CHARACTERS)[of];
  if (count <= most) return [];
  const what = of === 'step' ? 'Step' : 'The caption of';
  const en = `${what} ${piece.id} has ${count} ${isEnglish ? 'words' : 'characters'}; ${most} advised.`;
  const zh = `步骤 ${piece.id} 的${of === 'step' ? '正文' : '舞台说明'}有 ${count} 字，建议不超过 ${most}。`;
  return [problem('W01', { file, line: piece.line }, en, zh)];
}

function wordProblems({ file }: Prose, { tokens, line }: Piece): Problem[] {
  const text = plainText(tokens);
  const place = { file, line };
  const blame = BLAME.exec(text)?.[0];
  const colour = COLOUR_NAME.exec(text)?.[0];
  const id = NODE_ID.exec(text)?.[0];
  const blamed = `“${blame}” makes a reader who is stuck feel at fault.`;
  const named = `“${colour}”: say its name; not everybody sees the colour.`;
  const long = `“${id?.slice(0, 8)}…” is a node ID; nodes are named by their ports, as in {8901}.`;
  return [
    ...(blame ? [problem('W05', place, blamed, `“${blame}”会让卡住的读者自责。`)] : []),
    ...(colour
      ? [problem('W02', place, named, `“${colour}”：请说名字，不是人人都看得见颜色。`)]
      : []),
    ...(id
      ? [
          problem(
            'W07',
            place,
            long,
            `“${id.slice(0, 8)}…”是节点 ID；请用端口称呼节点，如 {8901}。`,
          ),
        ]
      : []),
  ];
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

/** The files a new lesson begins with: small, valid, and playable at once. */
import type { LessonFolder } from './compile-lesson';

const LESSON = `minutes: 2
allow: [cli]
scene:
  nodes: 3+3
  seed: 1
  opens: 8s

steps:
  - id: guess
    kind: predict
    view: { as: bird, panel: terminal }
    ask: choice
    options:
      - { id: answers, because: any-node }
      - { id: redirects, right: true }
    truth: 'seen(reply("c1", "MOVED")) ? "redirects" : "answers"'
    then: ['cli 8901 GET name']
    key-event: seen(reply("c1", "MOVED"))
    highlight: ['node:8901']

  - id: try
    kind: do
    check: stored
    hints: [line]
    highlight: []

checks:
  stored:
    goals:
      - { id: done, when: 'seen(reply("c1", "ok"))' }
    near:
      - { id: elsewhere, when: 'count(reply("c1", "MOVED")) > 1' }
`;

const ENGLISH = `# A title

One sentence for the list of lessons.

## guess

{8901} does not serve the slot of \`name\`.

**What does it do with \`GET name\`?**

### answers

It answers

### redirects

It names another node

### any-node

A node answers for its own slots only.

## try

Store \`name\`.

### done

\`name\` is stored

### elsewhere

That node names another one. Ask there.

### line

\`8902 SET name zhangsan\`
`;

const CHINESE = `# 标题

课程列表里的一句话。

## guess

{8901} 不负责 \`name\` 所在的槽位。

**它会怎样处理 \`GET name\`？**

### answers

直接回答

### redirects

指出另一个节点

### any-node

节点只回答自己负责的槽位。

## try

写入 \`name\`。

### done

\`name\` 已写入

### elsewhere

这个节点指向了另一个节点，去那里问。

### line

\`8902 SET name zhangsan\`
`;

/** A lesson to start from; it passes every check as it stands. */
export function newLesson(slug: string): LessonFolder {
  return {
    slug,
    files: {
      'lesson.yaml': LESSON,
      'en.md': ENGLISH,
      'zh-CN.md': CHINESE,
      'teacher.en.md': '# Teaching this lesson\n',
      'teacher.zh-CN.md': '# 教学笔记\n',
      'solution.yaml': "try: ['cli 8902 SET name zhangsan']\n",
      'traps/elsewhere.yaml': "step: try\ndo: ['cli 8903 SET name zhangsan']\nnear: elsewhere\n",
      'traps/answers.yaml': 'step: guess\nanswer: answers\nbecause: any-node\n',
    },
  };
}

/** Words of live mode, in Chinese. */
import type { live as English } from '../en/live';

const NUMBERS = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九'];

export const live: typeof English = {
  title: '实况',
  way: {
    name: '换成真实进程来看',
    needs: '需要本机装有 redis-server 7 和一个终端',
  },
  badge: (count) => `实况 · ${count} 个真实进程`,
  badgePast: (count) => `已录制 · ${count} 个真实进程`,
  badgeFile: '录制',
  bridge: (address) => `实况桥 · ${address}`,
  heading: (count) => `${NUMBERS[count] ?? count}个真实进程`,
  lead: '舞台上画的是你这台机器上真实的 `redis-server` 进程：总线上的消息、各自的日志、各自的 `CLUSTER NODES`。',
  skip: '跳到进程列表',
  tab: '进程',

  role: {
    master: '主节点',
    noSlots: '主节点，没有槽位',
    replica: (of) => `${of} 的从节点`,
    orphan: '从节点',
  },
  process: { running: '运行中', frozen: '已冻结', killed: '已被杀死' },
  pid: (pid) => `pid ${pid}`,
  noPid: '没有进程',
  freeze: (node) => `冻结 ${node}（SIGSTOP）`,
  wake: (node) => `唤醒 ${node}（SIGCONT）`,
  kill: (node) => `杀死 ${node}（SIGKILL）`,
  start: (node) => `重新启动 ${node}`,
  open: (node) => `查看 ${node}`,
  signals: '冻结发送 SIGSTOP，✕ 发送 SIGKILL。在舞台上右击或长按节点、连线，还有更多可做的。',
  back: {
    label: '冻结或杀死之后',
    after: (time) => `${time}后自己回来`,
    hour: '1 小时',
  },
  rewinds: '可以回退的是录制，不是集群。离开实况边缘后，这些按钮会锁住。',

  locked: {
    past: '你在看已经发生过的事。先回到实况，才能动手。',
    watching: '另一个页面正在操作这个集群，这个页面只能看。',
    away: '桥不在：等它应答之前，什么也做不了。',
    notOwn: '这些进程不是桥启动的，桥不会给它们发信号。',
    noProxy: '这个集群的总线没有经过桥，所以切不断任何连线。',
  },
  watching: '你在旁观，操作的是另一个页面；它离开后，这里就能接手。',

  faults: {
    title: '现有的故障',
    none: '所有连线都正常。',
    left: (seconds) => `还剩 ${seconds} 秒`,
    heal: '立即恢复',
    healAll: '恢复所有连线',
    healOne: (what) => `立即恢复：${what}`,
    ask: '持续多久？',
    askFor: (what) => `${what}：持续多久？`,
    heals: '到时桥会自行恢复，这个页面开着与否都一样。',
    seconds: (count) => `${count} 秒`,
    minutes: (count) => `${count} 分钟`,
    cancel: '先不做',
    reset: '重置这条连线上的连接',
    name: {
      cut: (a, b) => `${a} – ${b} 切断`,
      'cut-to': (a, b) => `${a} → ${b} 切断`,
      hold: (a, b) => `${a} – ${b} 扣住`,
      'hold-to': (a, b) => `${a} → ${b} 扣住`,
      delay: (a, b, ms) => `${a} – ${b} 慢 ${ms} 毫秒`,
      'delay-to': (a, b, ms) => `${a} → ${b} 慢 ${ms} 毫秒`,
      reset: (a, b) => `${a} – ${b} 重置`,
      partition: (sides) => `${sides} 被隔开`,
    },
    notReal:
      '只有模拟里的单条消息能这样处理：在这台机器上，一条消息一毫秒之内就被读走了。请改为扣住或切断连线。',
  },

  edge: {
    live: '在实况边缘，正在录制',
    behind: (seconds) => `落后 ${seconds} 秒`,
    back: '回到实况',
    notYet: '尚未发生',
    stopped: '录制到此为止',
    gap: (count) => `有 ${count} 条消息没有录下：这个页面没跟上。`,
    keeps: (seconds) => `录制可以回看 ${seconds} 秒。`,
  },

  lessons: {
    title: (count) => `用这些进程上课 · ${count}`,
    lead: '每一课都从桥刚建好的集群开始。你来操作，课程在一旁看结果。',
    crumb: '在你自己的进程上',
    close: '关闭本课',
    unfit: {
      shape: '本课需要三个主节点、各带一个从节点。启动桥时请不要带 --masters 和 --replicas。',
      timeout: '本课需要 cluster-node-timeout 为 5 秒。启动桥时请不要带 --timeout。',
      history: '这个集群已有过往：纪元超过了 6。请停掉桥再启动，得到一个新集群。',
      unwell: '请等每个进程都在运行、每个 cluster_state 都是 ok，再选一次。',
    },
  },

  zone: '时钟显示的是 redis.log 里的本地时间。',
  save: '保存录制',
  saved: (name) => `已保存为 ${name}。`,
  handedOver: (name) =>
    `浏览器会把它保存为 ${name}。如果下载里找不到，可能是下载被拦下了，或者磁盘已满。`,
  saveFailed: '录制没有保存成功',
  saveReason: {
    full: '磁盘已满。请腾出空间，或者换个位置。',
    refused: '浏览器没有获准写到那里。请换个位置。',
  },
  disconnect: '断开',
  disconnectAsk: '断开这个页面？',
  disconnectLead: '进程会继续运行，直到在终端里停掉桥。这里录下的内容如果没有保存，就会丢失。',
  disconnectYes: '断开',
  stay: '留下',

  state: {
    connecting: (address) => `正在连接 ${address} …`,
    greeting: '桥已应答，正在读取集群各节点的表 …',
    lost: (seconds) => `桥没有应答。已录下的都还在；${seconds} 秒后再试。`,
    retrying: '桥没有应答。已录下的都还在；正在重试 …',
    back: '桥回来了。',
    missing: '桥已经不记得这个页面断开时的情形：中间缺了一段，录制重新开始。',
    anew: '桥重新启动过：这是另一个集群，录制从头开始。',
    tryNow: '现在就试',
    ended: '你已断开。在那之前录下的还在这里。',
  },

  refused: {
    title: '桥拒绝了这个页面',
    token: '链接里的令牌不属于现在运行的这座桥。桥每次启动都会换一个：请打开它在终端里打印的链接。',
    clients: (most) => `已经有 ${most} 个页面连着，桥不再接受新的。请先关掉其中一个。`,
    version: (theirs, ours) =>
      `桥说的是第 ${theirs} 版协议，这个页面说的是第 ${ours} 版。请启动这个页面自己的桥：npm run bridge。`,
    rate: '这个页面一秒内要求得太多，桥挂断了。可以重新连接。',
    message: (why) => `桥挂断了：${why}`,
    broken: (why) => `桥说的话这个页面读不懂：${why}`,
  },
  none: {
    title: '没有桥应答',
    lead: (address) => `${address} 上没有应答。桥还在运行吗？`,
    again: (seconds) => `${seconds} 秒后再试。`,
  },
  again: '再试一次',
  toLessons: '去看课程',

  begin: {
    title: '真实进程',
    lead: '还是这个舞台，画的却是你自己机器上的 redis-server 进程：总线上的每条消息、日志的每一行、每个节点的表。可以冻结和杀死它们，也可以切断它们之间的连线。',
    needs: '需要什么',
    steps: [
      'redis-server 7.0 或更新版本。Debian、Ubuntu：`sudo apt install redis-server`；macOS：`brew install redis`。',
      '一个终端，进入 Slotscope 所在的目录，输入',
      '它打印出的链接。链接会打开这个页面，并带着通往那个集群的钥匙。',
    ],
    command: 'npm run bridge',
    safe: '桥只监听 127.0.0.1，只在自己的目录里启动自己的进程，自己结束时也把它们一起结束。没有任何东西离开你的机器。',
    link: '它打印出的链接',
    linkWrong:
      '这不是桥的链接。应当形如 http://127.0.0.1:端口/#/live?token=…，令牌是 32 个 0 到 f 的字符。',
    connect: '连接',
    file: '也可以看一份录制',
    fileLead: '看录制不需要桥：把文件拖到页面任意处，或者选一个文件。',
    choose: '打开录制 …',
    examples: '或者看其中一份',
  },

  recording: {
    crumb: '录制',
    title: (name) => `录制：${name}`,
    lead: (count, seconds, version) =>
      `${count} 个 redis-server ${version} 真实进程，共 ${seconds} 秒。可以前后移动，也可以换成任何节点的视角；但什么也改变不了。`,
    other: '打开另一份',
    reopen: '这个页面里已经没有那份录制了。',
    reopenLead: '录制保存在你的磁盘上，页面重新加载后就忘了它。请再打开一次那个文件。',
    opening: (name) => `正在读取 ${name} …`,
    far: '读取进度',
    bad: (name, why) => `打不开 ${name}：${why}`,
    problem: {
      cut: '文件到一半就断了，可能没有保存或下载完整。',
      damaged: '文件已损坏，解不开。',
      notGzip: '文件名以 .gz 结尾，内容却不是 gzip。',
      foreign: '这是别的文件。录制里写着 "format": "slotscope capture"。',
      notJson: '里面的内容不是 JSON。',
      parts: '这不是录制。录制是 NAME.capture.json.gz，或者 NAME.index.json 加 NAME.bin 两个文件。',
      huge: (mostMb) => `解开后会超过 ${mostMb} MB，页面装不下。`,
      version: (found, ours) =>
        `它是第 ${found} 版，这个页面读的是第 ${ours} 版。请用当初保存它的那一版 Slotscope 打开。`,
      missing: (expected) => `缺少 ${expected}，消息都在里面。请把两个文件一起选上。`,
    },
  },

  divergence: {
    title: '模型与现实不一致之处',
    none: '每个真实节点旁边都跑着我们的节点，两边说法一致。',
    lead: '每个进程旁边都跑着模拟里的那个节点，进程收到什么，它就收到什么。两边说法不同的地方：',
    at: (node, about) => `${node} 眼中的 ${about}`,
    own: (node) => `${node} 自己`,
    real: '进程说',
    ours: '我们的节点说',
    since: (clock) => `从 ${clock} 起`,
    over: (from, to) => `${from} 到 ${to}`,
    lasts: (time) => `已 ${time}`,
    ago: (time) => `${time}前已校正`,
    whole: (whom, field, real, ours, time) =>
      `${whom}，${field}：进程说 ${real}，我们的节点说 ${ours}；${time}。`,
    mark: (count) => `${count} 处不一致`,
  },

  beside: '模型与现实对照',
  inferred: '虚线：由后来的事推断，不是亲眼所见',

  terminal: {
    lead: (node) => `连着 ${node} 的 redis-cli，对面是真实进程`,
    refused: (command, allowed) => `桥不转达 ${command}。它转达的有：${allowed}。`,
    empty: '输入一条命令，比如 CLUSTER NODES。',
    noAt: '真实的时间没法预先安排。去掉时间，立刻就做。',
    noAnswer: '没有回应：进程被冻结、被杀死，或者被隔开了。',
    waiting: (node) => `等待 ${node} …`,
  },
};

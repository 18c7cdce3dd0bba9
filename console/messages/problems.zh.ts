import type { ProblemCatalogue } from "./problem-text.ts";

/** Where OceanBase itself refused: its number; its words stand below the sentence. */
const REFUSED = "{address} 的 OceanBase 拒绝了，错误 {errno}。";
/** An operation of ours that has not ended stands in the way. */
const BUSY = "操作 {operation} 还没有结束，它也针对 {cluster}/{tenant}。";

export const problemsZh: ProblemCatalogue = {
  "input-invalid": {
    found: [
      "请求不合要求：{issues}。",
      "{text} 不是时间。",
      "{address} 不是地址。",
      "时间窗的起点不早于终点。",
    ],
    remedy: ["改正后再提交；什么都没有改变。"],
  },
  "time-without-offset": {
    found: [
      "{text} 没有写时区偏移，可能是 {asLocal}，也可能是 {asUtc}。",
      "{text} 没有写时区偏移；按 UTC 读是 {asUtc}。",
    ],
    remedy: ["写明偏移后再提交。"],
  },
  "cluster-unknown": { found: ["没有名为 {cluster} 的集群。"], remedy: ["在“集群”页查看已接入的集群。"] },
  "tenant-unknown": {
    found: ["集群 {cluster} 中没有租户 {tenant}。"],
    remedy: ["在“租户”页查看现有租户；刚建的租户在下一次观测后出现。"],
  },
  "operation-unknown": { found: ["没有操作 {operation}。"], remedy: ["在“操作记录”页查看最近的操作。"] },
  "route-unknown": { found: ["服务器没有这个地址。"], remedy: ["从左侧菜单重新进入。"] },
  "cluster-name-taken": {
    found: ["集群名 {cluster} 已被使用。"],
    remedy: ["换一个名字，或先移除那个集群。"],
  },
  "cluster-already-watched": {
    found: ["这个集群已经接入，名为 {cluster}，地址是 {address}。"],
    remedy: ["直接使用它；要改名或改地址，先移除再接入。"],
  },
  "cluster-has-operations": {
    found: ["集群 {cluster} 还有未结束的操作：{operations}。"],
    remedy: ["等它们结束或取消之后再移除。"],
  },
  "request-id-reused": {
    found: ["同一个请求号已用于另一个请求（操作 {operation}）。"],
    remedy: ["重新打开表单再提交。"],
  },
  "backup-already-running": {
    found: ["备份集 {set} 正在备份（{percent}%）。", "备份集 {set} 正在备份。", BUSY, REFUSED],
    remedy: ["完成或取消后可再发起。"],
  },
  "archive-not-running": {
    found: [
      "{tenant} 的日志备份没有在进行：归档轮次 {round} 为 {status}。",
      BUSY,
      "{tenant} 的日志备份没有开启。",
      REFUSED,
    ],
    remedy: ["需要时先启动日志备份。"],
  },
  "archive-already-running": {
    found: [
      "{tenant} 的日志备份已经开启：归档轮次 {round} 为 {status}。",
      "{tenant} 的日志备份已经开启（{status}）。",
      BUSY,
      "{tenant} 的日志备份已经开启。",
      REFUSED,
    ],
    remedy: ["无需再启动；要改目录，先停止日志备份，停止期间会产生缺口。"],
  },
  "destination-not-set": {
    found: ["{tenant} 没有设置存储目录（{which}）。", REFUSED],
    remedy: ["先设置存储目录。"],
  },
  "destination-refused": {
    found: ["存储目录 {uri} 不能用。", "数据备份和日志备份会写到同一个目录 {shared}。", BUSY, REFUSED],
    remedy: ["检查地址、权限，以及目录是否为空且只归一种备份使用，再设置一次。"],
  },
  "tenant-not-normal": {
    found: ["租户 {tenant} 的状态是 {status}，应为 NORMAL。", REFUSED],
    remedy: ["等它变为 NORMAL；失败的恢复会停在原状，直到被删除。"],
  },
  "tenant-is-sys": { found: ["{tenant} 不是用户租户。", REFUSED], remedy: ["选择一个用户租户。"] },
  "tenant-is-standby": {
    found: ["{tenant} 是备租户，备份要在它的主租户上做。", REFUSED],
    remedy: ["备份主租户，或先激活这个租户。"],
  },
  "version-without-tenant-backup": {
    found: ["需要 OceanBase ≥ {needed}，当前为 {found}。"],
    remedy: ["可先备份所属集群，或升级。"],
  },
  "version-not-supported": {
    found: [
      "{what}还不在这一版 Holdfast 中。",
      "备份来自 OceanBase {needed}，不能恢复到 {found}。",
      "不支持 OceanBase {version}。",
      REFUSED,
    ],
    remedy: ["{what}之前，先逐个备份租户。", "使用 OceanBase 4.2 或更高版本的集群。"],
  },
  "no-backup-yet": {
    found: ["{tenant} 不能恢复到任何时刻：{cause}。", "{tenant} 还没有任何可恢复的时刻。", REFUSED],
    remedy: ["先启动日志备份，再完成一次全量备份。"],
  },
  "instant-in-gap": {
    found: ["{instantTime} 这一刻不可恢复。它在缺口内：{gapFromTime} 至 {gapToTime}，{cause}。", REFUSED],
    remedy: ["最近可恢复：之前 {beforeTime}，之后 {afterTime}。", "最近可恢复：之前 {beforeTime}。"],
  },
  "instant-in-future": {
    found: ["{instantTime} 还没有到来：集群的时钟是 {nowTime}。"],
    remedy: ["选择 {beforeTime} 或更早。"],
  },
  "instant-before-first-set": {
    found: ["{instantTime} 早于 {tenant} 最早的可恢复时刻 {afterTime}。"],
    remedy: ["选择 {afterTime} 或更晚。"],
  },
  "instant-after-logs": {
    found: ["{instantTime} 还没有备份到。日志现在到 {beforeTime}。"],
    remedy: ["约 {seconds} 秒后可选，或选择 {beforeTime}。"],
  },
  "target-name-taken": {
    found: ["租户名 {tenant} 在集群 {cluster} 中已被占用。", "{name} 在目标集群中已被占用。", REFUSED],
    remedy: ["换一个名字；恢复总是新建租户。"],
  },
  "target-name-invalid": {
    found: ["“{tenant}”不能作租户名。", REFUSED],
    remedy: ["用 1 到 63 个字母、数字和下划线，不以数字开头，也不用 sys、all、all_user、all_meta。"],
  },
  "target-version-too-low": {
    found: ["备份来自 OceanBase {needed}，目标集群为 {found}。"],
    remedy: ["选择版本不低于 {needed} 的集群。"],
  },
  "target-zone-unknown": {
    found: ["集群 {cluster} 没有 Zone {unknown}。", REFUSED],
    remedy: ["从 {zones} 中选择。", "等下一次观测。"],
  },
  "unit-unknown": {
    found: ["集群 {cluster} 没有 Unit 规格 {unit}。", REFUSED],
    remedy: ["从 {units} 中选择，或填写 CPU、内存和日志盘。"],
  },
  "unit-too-small": {
    found: ["Unit 规格的{part}为 {found}，OceanBase 至少要 {least}。", REFUSED],
    remedy: ["至少给 {least}。", "加大 Unit 规格。"],
  },
  "resources-not-enough": {
    found: ["{zone} 的{part}不够：需要 {need}，空闲 {free}。", REFUSED],
    remedy: ["换一个 Zone，减小规格，或扩容 {missing}。", "换一个 Zone，减小规格，或扩容。"],
  },
  "operation-ended": {
    found: ["操作 {operation} 已经结束。"],
    remedy: ["结束了的操作不再变化，没有什么可取消。"],
  },
  "operation-not-cancelable": {
    found: ["OceanBase 无法取消操作 {operation} 所做的事。", REFUSED],
    remedy: ["等它结束，再做相反的操作。"],
  },
  "canceled-elsewhere": {
    found: ["操作 {operation} 不是在这里取消的：有人用 SQL 取消了它，或删除了租户 {tenant}。"],
    remedy: ["问清还有谁在操作集群 {cluster}，再重新发起。"],
  },
  "nothing-to-clean-up": {
    found: ["操作 {operation} 没有留下需要清理的东西。"],
    remedy: ["不需要做什么。"],
  },
  "tenant-not-leftover": {
    found: ["租户 {tenant} 的状态是 {status}，不是恢复失败留下的半成品。"],
    remedy: ["什么都没有动。如果确实不要它，请自行删除。"],
  },
  "plan-changed": { found: ["计划已经变了。"], remedy: ["重新查看计划，再确认。"] },
  "decryption-needed": {
    found: ["备份集 {sets} 已加密，没有给出密码。", REFUSED],
    remedy: ["给出每一个的密码；OceanBase 会检查全部。"],
  },
  "cluster-unreachable": {
    found: ["{address} 的 OceanBase 没有应答（{cause}）。", REFUSED],
    remedy: [
      "检查集群是否在运行、网络是否通，再接入一次；{notAdded} 没有接入。",
      "检查集群是否在运行、网络是否通；恢复后自动继续。",
    ],
  },
  "cluster-login-refused": {
    found: ["用户 {user} 能登录，但看不到全部租户的备份视图。", REFUSED],
    remedy: ["用 sys 租户的用户接入，例如 root@sys，并检查密码。"],
  },
  "cluster-not-observed": {
    found: ["集群 {cluster} 还没有完成第一次观测。"],
    remedy: ["等几秒再试。"],
  },
  "observation-stale": { found: ["对集群 {cluster} 的观测已中断。"], remedy: ["等观测恢复后再操作。"] },
  "oceanbase-refused": {
    found: [
      "OceanBase 的备份任务 {job}（备份集 {set}）以 {status} 结束。",
      "OceanBase 恢复 {tenant} 的任务 {job} 以 {status} 结束。",
      REFUSED,
    ],
    remedy: ["先处理原文所说的原因，再发起一次；此前的备份不受影响。"],
  },
  "outcome-unknown": {
    found: [
      "集群上看不到操作 {operation} 的效果（步骤 {step}，发送了 {timesSent} 次）。",
      "语句已发往 {address}，但没有等到应答（{cause}）：它可能已经生效。",
      REFUSED,
    ],
    remedy: ["先在集群的任务视图里核对，再决定是否重试。"],
  },
  "host-refused": {
    found: ["请求的主机名是 {host}；服务器只应答 127.0.0.1 和 localhost。"],
    remedy: ["用它自己的地址打开；从别处访问请用 SSH 隧道。"],
  },
  "origin-refused": {
    found: ["请求来自另一个网站 {origin}，已拒绝。"],
    remedy: ["从 Holdfast 自己的页面操作。"],
  },
  "server-unreachable": {
    found: ["Holdfast 服务器没有应答。"],
    remedy: ["用 holdfast serve 启动它；页面会自动重连。"],
  },
  internal: {
    found: ["Holdfast 自身出错。"],
    remedy: ["细节在服务器日志里，可据此报告；重试不会重复发送语句。"],
  },
};

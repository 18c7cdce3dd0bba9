import type { ProblemCatalogue } from "./problem-text.ts";

export const problemsZh: ProblemCatalogue = {
  "input-invalid": { found: [], remedy: ["改正后再提交。"] },
  "time-without-offset": {
    found: ["{text} 没有写时区偏移，可以有两种读法。", "时间没有写时区偏移，可以有两种读法。"],
    remedy: ["写成 {asLocal} 或 {asUtc}。", "在末尾写上偏移，例如 +08:00 或 Z。"],
  },
  "cluster-unknown": { found: ["没有名为 {cluster} 的集群。"], remedy: ["在“集群”页查看已接入的集群。"] },
  "tenant-unknown": { found: ["集群 {cluster} 中没有租户 {tenant}。"], remedy: ["在“租户”页查看现有租户。"] },
  "operation-unknown": {
    found: ["没有操作 {operation}。", "没有操作 {id}。"],
    remedy: ["在“操作记录”页查看全部操作。"],
  },
  "route-unknown": { found: ["没有这个地址。"], remedy: ["从左侧菜单重新进入。"] },
  "cluster-name-taken": {
    found: ["集群名 {cluster} 已被使用。", "集群名 {name} 已被使用。"],
    remedy: ["换一个名字。"],
  },
  "cluster-has-operations": {
    found: ["集群 {cluster} 还有未结束的操作。"],
    remedy: ["等它们结束或取消之后再移除。"],
  },
  "request-id-reused": {
    found: ["同一个请求号已用于另一个请求。"],
    remedy: ["重新打开表单再提交。"],
  },
  "backup-already-running": {
    found: ["备份集 {set} 正在备份。", "{tenant} 正在备份。", "已有一个备份正在进行。"],
    remedy: ["完成或取消后可再发起。"],
  },
  "archive-not-running": {
    found: [
      "{tenant} 的日志备份没有运行：归档轮次 {round} 为 {status}。",
      "{tenant} 的日志备份没有运行。",
      "日志备份没有运行。",
    ],
    remedy: ["先启动日志备份。"],
  },
  "archive-already-running": {
    found: ["{tenant} 的日志备份已在运行。", "日志备份已在运行。"],
    remedy: ["无需再次启动。"],
  },
  "destination-not-set": {
    found: ["{tenant} 没有设置备份目录。", "没有设置备份目录。"],
    remedy: ["先设置数据备份与日志备份的存储目录。"],
  },
  "destination-refused": {
    found: ["存储目录 {uri} 不能用。"],
    remedy: ["检查地址、权限和目录是否为空，再设置一次。"],
  },
  "tenant-not-normal": {
    found: ["租户 {tenant} 的状态是 {status}，不是 NORMAL。"],
    remedy: ["等租户恢复正常后再操作。"],
  },
  "tenant-is-sys": { found: ["sys 租户不能单独备份。"], remedy: ["备份用户租户。"] },
  "tenant-is-standby": {
    found: ["{tenant} 是备租户。", "这是备租户。"],
    remedy: ["在主租户上操作，或先激活。"],
  },
  "version-without-tenant-backup": {
    found: ["需要 OceanBase ≥ {needed}，当前为 {version}。"],
    remedy: ["可先备份所属集群，或升级。"],
  },
  "version-not-supported": { found: ["不支持 OceanBase {version}。"], remedy: ["升级到受支持的版本。"] },
  "no-backup-yet": {
    found: ["{tenant} 还没有可用于恢复的备份。", "还没有可用于恢复的备份。"],
    remedy: ["先做一次全量备份。"],
  },
  "instant-in-gap": { found: [], remedy: [] },
  "instant-in-future": { found: [], remedy: [] },
  "instant-before-first-set": { found: [], remedy: [] },
  "instant-after-logs": { found: [], remedy: [] },
  "target-name-taken": {
    found: ["目标租户名 {name} 已被占用。", "目标租户名 {tenant} 已被占用。"],
    remedy: ["换一个租户名。"],
  },
  "target-name-invalid": {
    found: ["租户名 {name} 不合法。", "租户名 {tenant} 不合法。"],
    remedy: ["用字母开头，只含字母、数字和下划线，最长 128 个字符。"],
  },
  "target-version-too-low": {
    found: ["目标集群版本 {target} 低于备份的版本 {source}。"],
    remedy: ["选择版本不低于来源的集群。"],
  },
  "target-zone-unknown": {
    found: ["目标集群没有 Zone {zone}。"],
    remedy: ["从目标集群现有的 Zone 中选择。"],
  },
  "unit-unknown": {
    found: ["目标集群没有 Unit 规格 {unit}。"],
    remedy: ["选择现有规格，或填写 CPU、内存和日志盘。"],
  },
  "unit-too-small": { found: [], remedy: ["加大 Unit 规格。"] },
  "resources-not-enough": { found: [], remedy: ["换一个 Zone，减小规格，或扩容。"] },
  "operation-ended": { found: ["操作 {operation} 已经结束。", "操作已经结束。"], remedy: ["无需再做什么。"] },
  "operation-not-cancelable": {
    found: ["操作 {operation} 不能取消。", "这个操作不能取消。"],
    remedy: ["等它结束。"],
  },
  "plan-changed": { found: ["计划已经变了。"], remedy: ["重新查看计划，再确认。"] },
  "decryption-needed": {
    found: ["备份集 {sets} 已加密。", "备份集已加密。"],
    remedy: ["填写备份时使用的密码。"],
  },
  "cluster-unreachable": {
    found: ["连不上集群 {cluster}（{address}）。", "连不上集群 {cluster}。", "连不上 {address}。"],
    remedy: ["检查集群是否在运行、地址和网络。恢复后会自动继续。"],
  },
  "cluster-login-refused": {
    found: ["集群 {cluster} 拒绝了登录。", "{address} 拒绝了用户 {user} 的登录。"],
    remedy: ["检查用户名和密码，再重新接入。"],
  },
  "cluster-not-observed": {
    found: ["集群 {cluster} 还没有观测过。"],
    remedy: ["等第一次观测完成，通常只需几秒。"],
  },
  "observation-stale": {
    found: ["集群 {cluster} 的观测已中断 {seconds} 秒。", "对集群的观测已中断。"],
    remedy: ["等观测恢复后再操作。"],
  },
  "oceanbase-refused": {
    found: ["OceanBase 没有完成备份集 {set}：任务 {job} 为 {status}。", "OceanBase 拒绝了这条语句。"],
    remedy: ["按原文处理后重试。"],
  },
  "outcome-unknown": {
    found: ["语句已发送 {timesSent} 次，但看不到结果。", "语句已发送，但看不到结果。"],
    remedy: ["在集群上核对后再决定是否重试。"],
  },
  "host-refused": { found: ["服务器只接受本机地址。"], remedy: ["用 http://127.0.0.1 打开控制台。"] },
  "origin-refused": { found: ["请求来自另一个网站，已拒绝。"], remedy: ["从 Holdfast 自己的页面操作。"] },
  "server-unreachable": {
    found: ["Holdfast 服务器没有应答。"],
    remedy: ["用 holdfast serve 启动它；页面会自动重连。"],
  },
  internal: { found: [], remedy: ["查看服务器日志；重试不会重复发送语句。"] },
};

/** A text in both languages; `{name}` is replaced by the parameter of that name. */
export type Message = { readonly zh: string; readonly en: string };
export type MessageTable = { readonly [code: string]: Message };

/** Refusal messages of HTTP and the stores. Each area has a table of its own. */
export const HTTP_MESSAGES: MessageTable = {
  'http.unauthenticated': { zh: '请先登录', en: 'A valid bearer token is required' },
  'http.session-ended': {
    zh: '登录会话已结束，请重新登录',
    en: 'The session has ended; sign in again',
  },
  'http.cross-site': {
    zh: '该请求来自其他网站，已被拒绝',
    en: 'A page of another site sent this request; it was refused',
  },
  'http.token-expired': { zh: '登录已过期，请重新登录', en: 'The bearer token has expired' },
  'http.wrong-role': { zh: '{role}无权进行此操作', en: 'The role {role} may not do this' },
  'http.no-post': {
    zh: '{person} 今日未在任何部门任职，此项仅对在职人员开放',
    en: '{person} holds no post today; this is open only to the staff of a department',
  },
  'http.not-yours': {
    zh: '只能查看本人或者本部门的办件',
    en: 'You can see only your own cases and those of your department',
  },
  'http.not-found': { zh: '您访问的内容不存在', en: 'There is nothing at this address' },
  'http.method-not-allowed': { zh: '该地址不支持此操作', en: 'This address does not support this method' },
  'http.invalid-input': { zh: '提交的内容有误', en: 'The input is not valid' },
  'http.malformed-json': { zh: '提交的内容不是有效的 JSON', en: 'The body is not valid JSON' },
  'http.bad-request': { zh: '无法识别该请求', en: 'The request cannot be understood' },
  'http.too-large': { zh: '提交的内容超过大小上限', en: 'The body is larger than the limit' },
  'http.uri-too-long': { zh: '地址中的编号过长', en: 'An id in the address is too long' },
  'http.unsupported-media-type': {
    zh: '提交的内容应当为 application/json',
    en: 'The body must be application/json',
  },
  'http.too-many-requests': {
    zh: '操作过于频繁：每分钟最多 {limit} 次，请 {seconds} 秒后再试',
    en: 'Too many requests: at most {limit} a minute are allowed; try again in {seconds} s',
  },
  'http.overloaded': {
    zh: '系统繁忙，本次请求未处理，请稍后再试',
    en: 'The server is busy and has not started this request; try again later',
  },
  'http.too-slow': {
    zh: '请求未在规定时间内发送完毕',
    en: 'The request did not arrive within the time limit',
  },
  'http.headers-too-large': { zh: '请求头超过大小上限', en: 'The headers are larger than the limit' },
  'http.expectation-failed': {
    zh: '不支持请求头 Expect 的要求',
    en: 'The expectation in the Expect header is not supported',
  },
  'http.unsupported-encoding': {
    zh: '提交的内容不得压缩或者另行编码',
    en: 'The body must not be compressed or encoded',
  },
  'http.projection-behind': {
    zh: '数据正在更新，请稍后刷新',
    en: 'The read models have not reached position {after} yet; try again later',
  },
  'http.projector-silent': {
    zh: '数据更新服务未在运行，暂时无法查看最新数据，请联系运维人员',
    en: 'No process with the role projector is running, so the read models will not reach position {after}; tell the operators',
  },
  'http.internal': {
    zh: '系统内部错误，追踪号：{correlationId}',
    en: 'Internal error; quote {correlationId} when you report it',
  },
  'identity.provider-away': { zh: '统一身份认证服务暂不可用', en: 'The identity provider cannot be reached' },
  'store.unavailable': {
    zh: '数据存储暂不可用，未写入任何内容',
    en: 'The store is not available; nothing was written',
  },
  'store.damaged': {
    zh: '数据日志在位置 {position} 处损坏（流 {stream}），相关内容不予提供，请联系运维人员',
    en: 'The log is damaged at position {position} (stream {stream}), so nothing of it is served; tell the operators',
  },
  'store.models-damaged': {
    zh: '查询数据已损坏，相关内容不予提供，请联系运维人员重启服务，系统将根据日志重建',
    en: 'The read models are damaged, so nothing of them is served; tell the operators to restart the system, which rebuilds them',
  },
  'store.other-log': {
    zh: '日志与查询数据不是同一套数据，未写入任何内容，请联系运维人员',
    en: 'The log is not the one that the read models were built from; nothing was written; tell the operators',
  },
  'store.space': {
    zh: '存储空间不足，未写入任何内容；腾出空间后即可恢复办理',
    en: 'The disk is nearly full, so nothing was written; commands are accepted again as soon as there is space',
  },
  'store.event-too-large': {
    zh: '提交的内容为 {bytes} 字节，超过上限 {limit} 字节',
    en: 'The event has {bytes} bytes, more than the limit of {limit}',
  },
  'command.stale-revision': {
    zh: '办件信息已更新，请刷新',
    en: 'The revision has changed: {pinned} was expected, it is now {actual}',
  },
  'command.conflict': {
    zh: '该办件正由他人办理，请刷新',
    en: 'Someone else wrote at the same time; try again',
  },
  'command.id-reused': {
    zh: '重复提交且内容不同',
    en: 'This Idempotency-Key has already been used with different content',
  },
  'http.past-being-folded': {
    zh: '正在根据日志还原 {asOf} 时的数据，请稍后再试',
    en: 'What was on record as of {asOf} is being put together from the log; ask again',
  },
  'http.past-busy': {
    zh: '正在还原其他时点的数据，请稍后再试',
    en: 'Other points of the past are being put together; ask again',
  },
  'query.invalid': { zh: '查询条件有误：{reason}', en: 'The query is not valid: {reason}' },
};

/** A text in the two languages the system speaks; `{name}` stands for the parameter of that name. */
export type Message = { readonly zh: string; readonly en: string };
export type MessageTable = { readonly [code: string]: Message };

/** What the edge itself says. The areas bring their own tables. */
export const HTTP_MESSAGES: MessageTable = {
  'http.unauthenticated': { zh: '需要有效的访问令牌', en: 'A valid bearer token is needed' },
  'http.token-expired': { zh: '访问令牌已过期', en: 'The bearer token has expired' },
  'http.wrong-role': { zh: '角色 {role} 无权进行此操作', en: 'The role {role} may not do this' },
  'http.no-post': {
    zh: '{person} 今日未在任何部门任职，此项只对在职人员开放',
    en: '{person} holds no post today: this is open to a department’s staff only',
  },
  'http.not-yours': {
    zh: '只能查看本人或本部门的事项',
    en: 'Only your own or your department’s cases are open to you',
  },
  'http.not-found': { zh: '没有该资源', en: 'There is nothing at this address' },
  'http.method-not-allowed': { zh: '该地址不支持此方法', en: 'This address does not take that method' },
  'http.invalid-input': { zh: '输入有误', en: 'The input is not valid' },
  'http.malformed-json': { zh: '请求体不是合法的 JSON', en: 'The body is not well-formed JSON' },
  'http.bad-request': { zh: '请求无法理解', en: 'The request cannot be understood' },
  'http.too-large': { zh: '请求体超过上限', en: 'The body is above the limit' },
  'http.uri-too-long': { zh: '地址中的标识过长', en: 'An id in the address is too long' },
  'http.unsupported-media-type': {
    zh: '请求体必须是 application/json',
    en: 'The body must be application/json',
  },
  'http.too-many-requests': {
    zh: '操作过于频繁：每分钟最多 {limit} 次，请在 {seconds} 秒后再试',
    en: 'Too many requests: at most {limit} a minute are taken; try again in {seconds} s',
  },
  'http.overloaded': {
    zh: '系统繁忙，本次请求未处理，请稍后再试',
    en: 'The server is busy and has not begun this request; try again later',
  },
  'http.too-slow': { zh: '请求未在时限内发送完毕', en: 'The request did not arrive within the time limit' },
  'http.headers-too-large': { zh: '请求头超过上限', en: 'The headers are above the limit' },
  'http.expectation-failed': {
    zh: '不支持 Expect 请求头中的要求',
    en: 'What the Expect header asks for is not supported',
  },
  'http.unsupported-encoding': {
    zh: '请求体不得压缩或另行编码',
    en: 'The body must be sent as it is, without compression or another encoding',
  },
  'http.projection-behind': {
    zh: '读模型尚未到达位置 {after}，请稍后再试',
    en: 'The read models have not reached position {after} yet; try again later',
  },
  'http.projector-silent': {
    zh: '负责更新读模型的进程（projector）未在运行，位置 {after} 暂不可查，请联系运维人员',
    en: 'No process with the role projector is heard of, so the read models will not reach position {after}; tell the operators',
  },
  'http.internal': { zh: '内部错误，追踪号 {correlationId}', en: 'Internal error; quote {correlationId}' },
  'identity.provider-away': { zh: '身份提供方不可用', en: 'The identity provider cannot be reached' },
  'store.unavailable': {
    zh: '存储暂不可用，未写入任何内容',
    en: 'The store is not available; nothing was written',
  },
  'store.damaged': {
    zh: '日志在位置 {position} 处损坏（流 {stream}），相关内容不予提供，请联系运维人员',
    en: 'The log is damaged at position {position} (stream {stream}): nothing of it is served; tell who operates the system',
  },
  'store.models-damaged': {
    zh: '读模型已损坏，相关内容不予提供，请联系运维人员重启服务，系统将据日志重建',
    en: 'The read models are damaged: nothing of it is served; tell who operates the system to start it again, which builds them anew',
  },
  'store.other-log': {
    zh: '日志与读模型不是同一套数据，未写入任何内容，请联系运维人员',
    en: 'The log is not the one that the read models were filled from: nothing was written; tell who operates the system',
  },
  'store.space': {
    zh: '存储空间不足，未写入任何内容；腾出空间后即可恢复办理',
    en: 'The disk has no room to spare; nothing was written, and commands are taken again as soon as there is room',
  },
  'store.event-too-large': {
    zh: '事件 {bytes} 字节，超过上限 {limit}',
    en: 'The event of {bytes} bytes is above the limit of {limit}',
  },
  'command.stale-revision': {
    zh: '版本已变：要求 {pinned}，现为 {actual}',
    en: 'The revision has moved: {pinned} was asked for, it is {actual}',
  },
  'command.conflict': { zh: '同时有其他写入，请重试', en: 'Others wrote at the same time; try again' },
  'command.id-reused': {
    zh: '该 Idempotency-Key 已用于内容不同的请求',
    en: 'This Idempotency-Key was used before with another content',
  },
  'query.invalid': { zh: '查询条件有误：{reason}', en: 'The query is not valid: {reason}' },
};

/** Fills a message's parameters; one that is missing stays visible. */
export function fill(text: string, params: { readonly [name: string]: unknown }): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

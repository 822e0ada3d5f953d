import { cited } from '#libs/law/citations';
import { Act } from '#libs/shell/nest';
import { type ActRow } from './act-row.js';

/** Makes a command class the act of its row: its route, who may call it, and what OpenAPI says of it. */
export function ApplicationAct<Type extends string>(row: ActRow & { readonly type: Type }) {
  const { type, path, roles, article, zh, en } = row;
  return Act<Type>({
    type,
    path,
    roles,
    summary: `${zh} ${en}`,
    ...(article === null ? {} : { article: cited(article) }),
  });
}

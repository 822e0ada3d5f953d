/** What the comments of the code say: of the fields of commands and parameters, and of operations. */

/** The comment in front of a declaration, on one line; null if there is none. */
function commentOf(ts, node) {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = comment && ts.getTextOfJSDocComment(comment.comment);
  return text ? text.replaceAll(/\s+/g, ' ').trim() : null;
}

const classesOf = (ts, file) =>
  file.statements.filter((statement) => ts.isClassDeclaration(statement) && statement.name !== undefined);

/** `{ AcceptApplication: { number: '…' } }` */
export function fieldsOf(ts, files) {
  const fields = {};
  for (const declared of files.flatMap((file) => classesOf(ts, file))) {
    for (const member of declared.members) {
      if (!ts.isPropertyDeclaration(member) || ts.getDecorators(member) === undefined) continue;
      const text = commentOf(ts, member);
      if (text !== null) (fields[declared.name.text] ??= {})[member.name.getText()] = text;
    }
  }
  return fields;
}

/** `{ AcceptApplication: '…', FindApplication: '…' }`, of the classes of commands and of the methods that answer. */
export function operationsOf(ts, files, routes) {
  const ofMethod = new Map(
    routes.map(({ controller, method, operation }) => [`${controller}.${method}`, operation]),
  );
  const operations = {};
  for (const declared of files.flatMap((file) => classesOf(ts, file))) {
    const name = declared.name.text;
    if (isCommand(ts, declared)) set(operations, name, commentOf(ts, declared));
    for (const member of declared.members.filter(ts.isMethodDeclaration)) {
      const operation = ofMethod.get(`${name}.${member.name.getText()}`);
      if (operation !== undefined) set(operations, operation, commentOf(ts, member));
    }
  }
  return operations;
}

function set(operations, name, text) {
  if (text !== null) operations[name] = text;
}

function isCommand(ts, declared) {
  return (ts.getDecorators(declared) ?? []).some(
    ({ expression }) => ts.isCallExpression(expression) && expression.expression.getText() === 'Act',
  );
}

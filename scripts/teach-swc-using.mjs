// Preloaded by check-layers.ts: the visitor of @swc/core, on which dependency-cruiser reads files, stops at
// `using` and `await using` with "Unknown statement type". They declare variables like const does.
import { createRequire } from "node:module";

/**
 * @typedef {{ type: string, decls: unknown }} AnyStatement
 * @typedef {{
 *   visitStatement: (statement: AnyStatement) => AnyStatement,
 *   visitVariableDeclarators: (declarators: unknown) => unknown
 * }} AnyVisitor
 */

const require = createRequire(import.meta.resolve("dependency-cruiser"));
/** @type {{ Visitor: { prototype: AnyVisitor } }} */
const { Visitor } = require("@swc/core/Visitor.js");
const { visitStatement } = Visitor.prototype;

Visitor.prototype.visitStatement = function visitStatementOrUsing(statement) {
  if (statement.type !== "UsingDeclaration") return visitStatement.call(this, statement);
  statement.decls = this.visitVariableDeclarators(statement.decls);
  return statement;
};

import type { FilterNode } from './parse.js';

/** The filter as text that `parseFilter` reads back to the same nodes: operators in lower case, no parentheses but those needed. */
export function printFilter(node: FilterNode): string {
  switch (node.op) {
    case 'and':
    case 'or':
      return node.nodes
        .map((part) => (needsParentheses(node.op, part) ? `(${printFilter(part)})` : printFilter(part)))
        .join(` ${node.op} `);
    case 'not':
      return `not (${printFilter(node.node)})`;
    case 'path':
      return `${node.path}[${printFilter(node.node)}]`;
    case 'pr':
      return `${node.path} pr`;
    default:
      return `${node.path} ${node.op} ${JSON.stringify(node.value)}`;
  }
}

function needsParentheses(op: 'and' | 'or', part: FilterNode): boolean {
  return part.op === 'or' || (part.op === 'and' && op === 'and');
}

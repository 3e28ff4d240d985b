import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

import type { Fault } from '../core/errors.ts';
import { type Path, toPointer } from './json-pointer.ts';

/** A YAML or JSON file of a project, with what is needed to say where in it something is wrong. */
export interface SourceFile {
  /** As a person would name it: its path in the project. */
  readonly name: string;
  /** What the file says; `undefined` when it cannot be read as YAML. */
  readonly value: unknown;
  /** Faults of its syntax. */
  readonly faults: readonly Fault[];
  /** @param message goes on after the pointer: `must be a text, not 7` */
  fault(path: Path, message: string): Fault;
}

/** Reads YAML 1.2, and so JSON as well. */
export function readSourceFile(name: string, text: string): SourceFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const faults = [...document.errors, ...document.warnings].map((error): Fault => ({
    pointer: '',
    message: `${place(error.pos[0])} is not valid YAML: ${error.message}`,
  }));
  let value: unknown;
  if (faults.length === 0) {
    try {
      value = document.toJS();
    } catch (error) {
      // An alias without its anchor, or aliases that would blow the document up.
      faults.push({ pointer: '', message: `${name} is not valid YAML: ${String(error)}` });
    }
  }
  return {
    name,
    value,
    faults,
    fault(path, message) {
      const pointer = toPointer(path);
      const offset = offsetOf(document.contents, path, (node) =>
        isAlias(node) ? (node.resolve(document) ?? null) : node,
      );
      return { pointer, message: [place(offset), pointer, message].filter((part) => part !== '').join(' ') };
    },
  };
}

/** Where the key (of an object) or the item (of an array) stands; of something that is missing, what it is missing in. */
function offsetOf(root: Node | null, path: Path, resolve: (node: Node) => Node | null): number {
  let offset = root?.range?.[0] ?? 0;
  let node: unknown = root;
  for (const key of path) {
    const parent = isNode(node) ? resolve(node) : null;
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined) return offset;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(parent)) {
      node = parent.items[Number(key)];
      if (isNode(node)) offset = node.range?.[0] ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

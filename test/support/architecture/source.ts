import { dirname, join } from 'node:path/posix';
import ts from 'typescript';

export interface Import {
  /** A package, `#lib`, or for a relative import the path it leads to from the project's root. */
  readonly target: string;
  readonly relative: boolean;
  readonly typeOnly: boolean;
}

/** A source file as the house rules look at it. */
export interface Source {
  readonly path: string;
  /** The lib or app it belongs to, e.g. `libs/journey`, or `infra`. */
  readonly room: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Everything called, constructed or read, as written without arguments: `Date.now`, `new Date()` only where it has none. */
  readonly uses: ReadonlySet<string>;
  readonly longestConstructor: number;
}

export function parseSource(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const imports: Import[] = [];
  const uses = new Set<string>();
  let longestConstructor = 0;
  const visit = (node: ts.Node): void => {
    const found = importOf(node, path);
    if (found) imports.push(found);
    const use = useOf(node);
    if (use) uses.add(use);
    if (ts.isConstructorDeclaration(node)) longestConstructor = Math.max(longestConstructor, node.parameters.length);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const room = path.startsWith('infra/') ? 'infra' : path.split('/').slice(0, 2).join('/');
  return { path, room, lines: text.trimEnd().split('\n').length, imports, uses, longestConstructor };
}

function importOf(node: ts.Node, path: string): Import | undefined {
  if (ts.isImportDeclaration(node)) return imported(node.moduleSpecifier, path, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
  if (ts.isExportDeclaration(node)) return imported(node.moduleSpecifier, path, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return imported(node.argument.literal, path, true);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return imported(node.arguments[0], path, false);
  return undefined;
}

function imported(specifier: ts.Node | undefined, path: string, typeOnly: boolean): Import | undefined {
  if (!specifier || !ts.isStringLiteralLike(specifier)) return undefined;
  const relative = specifier.text.startsWith('.');
  return { target: relative ? join(dirname(path), specifier.text) : specifier.text, relative, typeOnly };
}

function useOf(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node)) {
    const name = nameOf(node.expression);
    return name === 'Date' ? ((node.arguments?.length ?? 0) === 0 ? 'new Date()' : undefined) : name && `new ${name}`;
  }
  if (ts.isCallExpression(node)) return nameOf(node.expression);
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return nameOf(node);
  return undefined;
}

/** `a.b` for `x.y.a.b` too: the last object and what is asked of it. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isElementAccessExpression(node)) return ts.isIdentifier(node.expression) ? `${node.expression.text}[]` : undefined;
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const owner = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
  return ts.isIdentifier(owner) ? `${owner.text}.${node.name.text}` : undefined;
}

/** Markup that may stand in a page as it is. Only `html` makes it, so text from outside is always escaped. */
export class Html {
  constructor(readonly text: string) {}
}

export type Content = Html | string | number | null | undefined | false | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A template of markup; every value in it is escaped unless it is markup itself. Attributes must stand in quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(parts.reduce((text, part, index) => `${text}${contentOf(values[index - 1])}${part}`));
}

function contentOf(value: Content): string {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(contentOf).join('');
  return value === null || value === undefined || value === false ? '' : String(value).replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
}

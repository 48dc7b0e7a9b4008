import { html, type Html } from './html.js';

/** What a code may be made of, so that a browser says it before the form is sent. Valid with the v flag, which browsers use. */
const PATTERN = '[A-Za-z0-9._:\\/\\-]+';

/** A field for the code of a cause, a person, a ticket or the like. */
export function codeField(words: string, name: string, { value = '', required = false }: { readonly value?: string | undefined; readonly required?: boolean } = {}): Html {
  return html`<label>${words}<input name="${name}" value="${value}" maxlength="100" pattern="${PATTERN}" title="Letters without accents, digits and . _ : / - only, no spaces"${required ? html` required` : null}></label>`;
}

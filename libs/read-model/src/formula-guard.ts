// Full-width signs begin a formula as well, in spreadsheets of East Asia.
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A text that a spreadsheet would take for a formula gets an apostrophe before it; so does one that has apostrophes before such a sign, so that taking one away gives back every text. */
export const formulaGuarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

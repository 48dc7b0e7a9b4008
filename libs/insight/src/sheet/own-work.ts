/** What people of ours do among themselves: the customer did nothing, and nobody turned to them. */
const OWN = new Set([
  'survey.response-viewed', 'survey.marked-complaint', 'survey.set-aside', 'survey.themed',
  'feedback.themed', 'feedback.routed', 'feedback.accepted', 'feedback.declined', 'feedback.answered',
]);
/** Not even news: it was said, of what was known, by us. */
const isOwnWord = (type: string): boolean => type.startsWith('customer.override-') || type === 'feedback.customer-told';

/** True for work of ours that is no touch of the customer. */
export const isOwnWork = (type: string): boolean => OWN.has(type);

/** True for a fact by which we know more of the customer than before. */
export const isNews = (type: string): boolean => !OWN.has(type) && !isOwnWord(type);

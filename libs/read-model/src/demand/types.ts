/** The facts that each question reads. */
export const REQUESTS = ['request-raised', 'themed', 'routed', 'accepted', 'declined', 'answered', 'customer-told'].map((what) => `feedback.${what}`);
export const TOOLS = ['feedback.workaround-tool-seen'];
export const INITIATIVE = ['started', 'requests-linked', 'customer-linked', 'delivered', 'customer-told', 'dropped'].map((what) => `initiative.${what}`);
export const GOALS = ['set', 'progressed', 'attained', 'missed', 'outcome-claimed', 'outcome-confirmed', 'outcome-rejected'].map((what) => `goal.${what}`);
export const PROMISES = ['made', 'kept', 'broken'].map((what) => `promise.${what}`);
export const COMPETITORS = ['competitor.mentioned', 'competitor.evaluated'];
export const SALES = ['opportunity-opened', 'won', 'lost', 'declined-by-us'].map((what) => `sale.${what}`);
export const ENGAGEMENT = ['meeting-held', 'call-held', 'visit-made', 'message-exchanged', 'business-review-held', 'event-attended', 'observation-recorded'].map((what) => `engagement.${what}`);
export const CONTACTS = ['contact.added', 'contact.role-changed', 'contact.left'];

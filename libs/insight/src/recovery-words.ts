/** Why a recovery was opened, as a clause, by its code. */
export const recoveryReasonWords: Readonly<Record<string, string>> = { 'low-answer': 'an answer below the bar', 'wants-contact': 'asks to be contacted', 'complaint': 'a complaint', 'by-hand': 'opened by hand' };

/** The steps that have a clock, by its code. */
export const recoveryClockWords: Readonly<Record<string, string>> = { look: 'first look', contact: 'first contact', close: 'close' };

/** 95 minutes as 1 h 35 min. In hours at most: of working time a day is no 24 hours. */
export const workingTimeWords = (minutes: number): string => (minutes < 60 ? `${Math.round(minutes)} min` : `${Math.floor(minutes / 60)} h${Math.round(minutes % 60) === 0 ? '' : ` ${Math.round(minutes % 60)} min`}`);

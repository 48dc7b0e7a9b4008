/** What the doctor saw of one thing, and what to do about it. */
export interface Finding {
  readonly check: string;
  /** `fails`: people get no or wrong answers; `warns`: they will, if nobody looks. */
  readonly status: 'fine' | 'warns' | 'fails';
  readonly says: string;
  /** Null when there is nothing to do. */
  readonly remedy: string | null;
}

export const fine = (check: string, says: string): Finding => ({ check, status: 'fine', says, remedy: null });
export const warns = (check: string, says: string, remedy: string): Finding => ({ check, status: 'warns', says, remedy });
export const fails = (check: string, says: string, remedy: string): Finding => ({ check, status: 'fails', says, remedy });

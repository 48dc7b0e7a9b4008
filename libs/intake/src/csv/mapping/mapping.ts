/** What a mapping file may say. The words are explained in libs/intake/mappings/README.md; `mappingSchema` holds a file to them. */
export interface Mapping {
  readonly mapping: 1;
  readonly about?: string;
  readonly source: string;
  readonly edition?: number;
  readonly file?: FileFormat;
  readonly zone?: string;
  readonly dates?: readonly string[];
  readonly locale?: string;
  readonly decimal?: '.' | ',';
  readonly currency?: string;
  readonly lookups?: Readonly<Record<string, LookupSpec>>;
  readonly values?: Readonly<Record<string, Expression>>;
  readonly rows?: RowRules;
  readonly id?: Expression;
  readonly customer?: Expression;
  readonly time?: Expression;
  readonly observedAt?: Expression;
  readonly events: readonly EventSpec[];
}

export interface FileFormat {
  /** One character, `tab`, or `whitespace` for columns lined up with blanks. */
  readonly delimiter?: string;
  readonly header?: boolean;
  readonly columns?: readonly string[];
  readonly encoding?: string;
  readonly quote?: string;
  readonly comment?: string;
  readonly skipLines?: number;
  readonly trim?: boolean;
  readonly missing?: readonly string[];
}

export interface LookupSpec extends FileFormat {
  readonly file: string;
  readonly key: string;
  readonly duplicates?: 'refuse' | 'first' | 'last';
}

export interface RowRules {
  readonly key?: string | readonly string[];
  readonly grouped?: boolean;
  readonly dropCopies?: true | readonly string[];
  readonly drop?: readonly { readonly when: Condition; readonly because: string }[];
}

export interface EventSpec {
  readonly type: string;
  readonly name?: string;
  readonly version?: number;
  readonly when?: Condition;
  readonly id?: Expression;
  readonly source?: string;
  readonly customer?: Expression;
  readonly time?: Expression;
  readonly observedAt?: Expression;
  readonly data?: Readonly<Record<string, Expression>>;
}

/** A constant, a `"${template}"`, a list, an object of further expressions, or words that say where a value comes from. */
export type Expression = string | number | boolean | null | readonly Expression[] | { readonly [field: string]: Expression } | Words;

export type Kind = 'text' | 'number' | 'integer' | 'boolean' | 'money' | 'date' | 'date-time';
export type Span = 'years' | 'quarters' | 'months' | 'weeks' | 'days' | 'hours' | 'minutes';
export type Unit = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour';

/** Where a value comes from: exactly one of these. */
export interface SourceWords {
  readonly column?: string;
  readonly constant?: unknown;
  readonly template?: string;
  readonly previous?: string;
  readonly first?: string;
  readonly lookup?: string;
  readonly hash?: 'row' | readonly string[];
  readonly rowNumber?: true;
  readonly firstOf?: readonly Expression[];
  readonly latestOf?: readonly Expression[];
  readonly earliestOf?: readonly Expression[];
  readonly cases?: readonly { readonly when?: Condition; readonly value: Expression }[];
}

/** A source and what is done with it, always in the order in which the words stand here. */
export interface Words extends SourceWords {
  readonly by?: Expression;
  readonly value?: string;
  readonly occurrence?: true;
  readonly missing?: readonly string[];
  readonly match?: string;
  readonly split?: string;
  readonly translate?: Readonly<Record<string, unknown>>;
  readonly otherwise?: unknown;
  readonly unlisted?: 'refuse' | 'keep' | 'missing';
  readonly case?: 'lower' | 'upper';
  readonly slug?: true;
  readonly cut?: number;
  readonly as?: Kind;
  readonly decimal?: '.' | ',';
  readonly currency?: Expression;
  readonly unit?: 'major' | 'minor';
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
  readonly formats?: readonly string[];
  readonly zone?: string;
  readonly at?: string;
  readonly times?: Expression;
  readonly plus?: Expression;
  readonly round?: number;
  readonly add?: Partial<Record<Span, Expression>>;
  readonly startOf?: Unit;
  readonly endOf?: Unit;
  readonly default?: unknown;
}

export type Condition = Test | readonly Test[];

export interface Test extends Words {
  readonly all?: readonly Condition[];
  readonly any?: readonly Condition[];
  readonly none?: readonly Condition[];
  readonly changed?: string | readonly string[];
  readonly row?: 'first' | 'last' | 'not-first' | 'not-last';
  readonly is?: unknown;
  readonly not?: unknown;
  readonly empty?: boolean;
  readonly matches?: string;
  readonly above?: Expression;
  readonly atLeast?: Expression;
  readonly below?: Expression;
  readonly atMost?: Expression;
  readonly becomes?: unknown;
  readonly leaves?: unknown;
}

import { IsOptional } from 'class-validator';

/** One environment variable: its name, what it is for, and what a good value is. */
export interface Variable {
  readonly name: string;
  readonly description: string;
  /** Never repeated in a message. */
  readonly secret?: boolean;
  /** From the text to the value that `checks` look at. Default: the text itself. */
  readonly parse?: (text: string) => unknown;
  /** Decorators of class-validator whose message goes on after "it". */
  readonly checks: readonly PropertyDecorator[];
}

/** How one app uses a variable. With neither `default` nor `otherwise` it is required. */
export interface Use {
  /** Taken when nothing is set, as if it had been written. */
  readonly default?: string;
  /** What happens when nothing is set, in words for the table. The property is then undefined. */
  readonly otherwise?: string;
}

export interface Setting extends Use {
  readonly variable: Variable;
  readonly property: string;
}

const settings = new Map<object, Setting[]>();

/** Fills a property of a settings class from an environment variable. */
export function From(variable: Variable, use: Use = {}): PropertyDecorator {
  return (prototype, property) => {
    settings.set(prototype, [...settings.get(prototype) ?? [], { ...use, variable, property: String(property) }]);
    for (const check of variable.checks) check(prototype, property);
    if (use.otherwise !== undefined) IsOptional()(prototype, property);
  };
}

/** A class whose properties are filled by `From`; `app` is what people call the program. */
export interface SettingsClass<T extends object = object> {
  new (): T;
  readonly app: string;
}

export const settingsOf = (Settings: SettingsClass): readonly Setting[] => settings.get(Settings.prototype as object) ?? [];

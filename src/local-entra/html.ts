/** Markup whose values are escaped. */
export interface Html {
  readonly markup: string;
}

type Value = string | number | Html | readonly Html[] | undefined | false;

/** Builds markup: strings are escaped, markup is taken as it is, `undefined` and `false` vanish. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  const rendered = values.map(render);
  return { markup: parts.map((part, index) => part + (rendered[index] ?? '')).join('') };
}

function render(value: Value): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'object') {
    return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
  }
  return String(value).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

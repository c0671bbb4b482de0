/** The form of an id of Entra ID (object, tenant, application), and of most of ours; in either case. */
export const guidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

export function isGuid(text: string): boolean {
  return guidForm.test(text);
}

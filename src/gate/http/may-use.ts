import { consoleAllows } from '../../domain/console-rules.ts';
import type { Standing } from './standing.ts';

/** By the console rules of the setting in force: may a session of this standing do that? */
export function mayUse(
  standing: Extract<Standing, { readonly given: unknown }>,
  method: string,
  target: string,
): boolean {
  if (standing.role === 'admin') return true;
  return standing.rules !== null && consoleAllows(standing.role, method, target, standing.rules);
}

import { refusals } from '../../domain/refusal.ts';
import { roleLabels } from '../../domain/role.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { Asked } from './answers.ts';
import type { ClientHeaders } from './client-headers.ts';
import type { Admitted } from './gatekeeper.ts';
import { mayUse } from './may-use.ts';
import { isForeign } from './targets.ts';

/** Why this request may not go to the console, by its origin and by the rules of the role; or null. */
export function consoleRefusal(
  { standing }: Admitted,
  asked: Asked,
  headers: ClientHeaders,
  publicUrl: string,
): ProblemError | null {
  const { method, target } = asked;
  if (isForeign(asked, headers, publicUrl)) return foreignOrigin(publicUrl);
  if (headers.get('service-worker') !== undefined) return serviceWorker();
  return mayUse(standing, method, target) ? null : consoleRefused(standing.role, method, target);
}

/**
 * Scripts of the console and the sign-in page share an origin: a service worker, which browsers ask for
 * by this header (Service Workers, 4.4), would stand between people and that page for months.
 */
function serviceWorker(): ProblemError {
  return new ProblemError(
    403,
    'service_worker_refused',
    'Service workers of the console aren’t passed on: they would see the sign-in page as well.',
  );
}

export function foreignOrigin(publicUrl: string): ProblemError {
  return new ProblemError(
    403,
    'foreign_origin',
    `This has to be sent by a page of this very address. Open the console at ${publicUrl}.`,
  );
}

export function consoleRefused(
  role: keyof typeof roleLabels,
  method: string,
  target: string,
): ProblemError {
  const path = (target.split(/[?#]/u, 1)[0] ?? '').slice(0, 300);
  return new ProblemError(
    403,
    'console_refused',
    `${refusals.console_refused}: ${roleLabels[role]} may not use ${method} ${path}.`,
    { details: { role, request: `${method} ${path}` } },
  );
}

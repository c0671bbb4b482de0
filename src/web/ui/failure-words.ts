import { refusals } from '../../domain/refusal.ts';
import { ApiError, OfflineError, PartMissingError, SessionEndedError } from '../failures.ts';

/** A failure in words, for a notice. */
export interface FailureWords {
  readonly title: string;
  readonly detail: string;
  readonly fields: readonly { readonly name: string; readonly message: string }[];
  /** To quote when asking for help; null where nothing reached the server. */
  readonly reference: string | null;
  readonly code: string;
  /** Would trying the same again make sense? */
  readonly mayRetry: boolean;
}

/**
 * Says what happened. Whatever isn't known is said to be unexpected, never hidden. `atFields`: where
 * in the request those fields are that show their messages themselves, such as `/name`.
 */
export function failureWords(error: unknown, atFields: readonly string[] = []): FailureWords {
  if (error instanceof ApiError) {
    if (isShownAtFields(error, atFields)) {
      return {
        title: 'Check the fields that are marked.',
        detail: '',
        ...nothingSent,
        code: error.code,
        mayRetry: false,
      };
    }
    const title = titles[error.code] ?? titleByStatus(error.status);
    return {
      title,
      detail: withoutTitle(error.problem.detail, title),
      fields: (error.problem.errors ?? [])
        .filter(({ message }) => message !== error.problem.detail)
        .map(({ path, message }) => ({ name: fieldName(path), message })),
      reference: error.problem.reference === '' ? null : error.problem.reference,
      code: error.code,
      mayRetry: error.status >= 500 || error.status === 429,
    };
  }
  if (error instanceof OfflineError) {
    return {
      title: 'Gatehouse can’t be reached',
      detail: `The server didn’t answer. Check your connection; if others have the same trouble, tell whoever runs Gatehouse.${
        error.mayBeDone
          ? ' What you sent may have arrived all the same: look whether it is done before you repeat it.'
          : ''
      }`,
      ...nothingSent,
      code: error.code,
      mayRetry: true,
    };
  }
  if (error instanceof SessionEndedError) {
    return {
      title: 'You need to sign in again',
      detail: 'Nothing was sent. Repeat it, and sign in when you are asked to.',
      ...nothingSent,
      code: error.code,
      mayRetry: true,
    };
  }
  if (error instanceof PartMissingError) {
    return {
      title: 'Part of this page couldn’t be loaded',
      detail:
        'Gatehouse may have been updated a moment ago, or your connection was interrupted. Trying again loads the page anew. If it doesn’t help, tell whoever runs Gatehouse.',
      ...nothingSent,
      code: error.code,
      mayRetry: true,
    };
  }
  return {
    title: 'Something unexpected happened',
    detail: error instanceof Error ? error.message : 'There is nothing more known about it.',
    ...nothingSent,
    code: 'unexpected',
    mayRetry: true,
  };
}

/** Does the problem say nothing but what is wrong with these fields? */
function isShownAtFields({ code, problem }: ApiError, atFields: readonly string[]): boolean {
  const errors = problem.errors ?? [];
  const [first] = errors;
  if (first === undefined) return false;
  const toldThere = code === 'invalid_request' || problem.detail.includes(first.message);
  return (
    toldThere &&
    errors.every(({ path }) => atFields.some((field) => `${path}/`.startsWith(`${field}/`)))
  );
}

/** Some problems say in their first sentence what the title says. */
function withoutTitle(detail: string, title: string): string {
  return detail.startsWith(`${title}. `) ? detail.slice(title.length + 2) : detail;
}

const nothingSent = { fields: [], reference: null } as const;

const titles: Readonly<Record<string, string>> = {
  ...refusals,
  forbidden: 'Your role doesn’t allow this',
  not_found: 'Not found',
  stale_revision: 'Somebody else changed this in the meantime',
  invalid_request: 'Something in it needs correcting',
  keys_unavailable: 'Sign-ins can’t be checked at the moment',
  too_many_requests: 'Too many requests',
  lockout: 'This would lock people out',
  name_taken: 'That name is taken',
  address_in_use: 'That address is somebody’s already',
  own_user: 'Nobody changes themself here',
  invitation_used: 'The invitation was used already',
  user_is_disabled: 'The user is disabled',
  insufficient_claims: 'A stronger sign-in is needed',
  session_ended: 'Your session has ended',
  no_webhook: 'There is no webhook yet',
  file_not_csv: 'This isn’t a CSV file that can be read',
  site_required: 'Which site are these sensors at?',
  gate_exists: 'This sensor has another gate by now',
  gate_gone: 'That gate isn’t there any more',
  gates_not_informed: 'Some gates don’t know the next key yet',
  rotation_begun: 'The rotation has been begun already',
  rotation_not_begun: 'The next key isn’t announced yet',
  body_too_large: 'That is too large',
};

/** The server's own title is the status in the protocol's words, which help nobody here. */
function titleByStatus(status: number): string {
  if (status >= 500) return 'The server can’t answer at the moment';
  return status === 409 ? 'That isn’t possible as things are now' : 'That wasn’t accepted';
}

/** `/permissions/admin/0/id` reads as `permissions › admin › 1 › id`. */
function fieldName(pointer: string): string {
  return pointer
    .split('/')
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/u.test(part) ? String(Number(part) + 1) : part))
    .join(' › ');
}

import { errorCode, reasonOf, StorageError } from '../storage/storage-error.ts';
import { ProblemError } from '../../server/problem-error.ts';

/** What Fastify says of a request that it can't read, in our words. */
const unreadable: Readonly<
  Record<string, readonly [status: number, code: string, detail: string]>
> = {
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'invalid_json', 'The body is not JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'invalid_json', 'The body is empty; JSON was expected.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    400,
    'invalid_content_length',
    'The body is not as long as the request says.',
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    415,
    'unsupported_media_type',
    'The body is of a type that is not taken here.',
  ],
  FST_ERR_BAD_URL: [400, 'invalid_url', 'The address can’t be read.'],
  FST_ERR_MAX_PARAM_LENGTH: [404, 'not_found', 'There is nothing at this address.'],
};

/**
 * The problem that an error becomes. Anything unforeseen is a 500 that says nothing of the inside;
 * it is logged under the reference. `bodyLimit`: the most bytes that the route takes.
 */
export function problemOf(error: unknown, bodyLimit: number): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = ownCode(error);
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return bodyTooLarge(bodyLimit, error);
  const known = code === undefined ? undefined : unreadable[code];
  if (known !== undefined) {
    const [status, name, detail] = known;
    return new ProblemError(status, name, detail, { cause: error });
  }
  if (error instanceof SyntaxError && 'statusCode' in error && error.statusCode === 400) {
    return new ProblemError(400, 'invalid_json', 'The body is not JSON.', { cause: error });
  }
  const refused = refusedStatus(error);
  if (refused !== null) return refusedByPart(refused, error);
  if (databaseIsAway(error)) {
    return new ProblemError(
      503,
      'database_unavailable',
      'The portal can’t reach its database. Nothing was changed. Try again in a moment.',
      { headers: { 'retry-after': '5' }, cause: error },
    );
  }
  return new ProblemError(
    500,
    'internal_error',
    'Something went wrong in the portal. Quote the reference to whoever runs it.',
    { cause: error },
  );
}

function bodyTooLarge(bodyLimit: number, cause: unknown): ProblemError {
  const megabytes = bodyLimit / 1024 / 1024;
  const most = megabytes < 1 ? `${Math.floor(bodyLimit / 1024)} kB` : `${megabytes} MB`;
  const detail = `The body is larger than is taken here: at most ${most}.`;
  return new ProblemError(413, 'body_too_large', detail, {
    details: { limit: bodyLimit },
    cause,
  });
}

/** The status of 400 to 499 that a part, such as the one that serves files, gives its error. */
function refusedStatus(error: unknown): number | null {
  if (!(error instanceof Error) || !('statusCode' in error)) return null;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
    ? statusCode
    : null;
}

/** No failure of ours, and nothing for the log: a path out of the folder, a range that isn't there. */
function refusedByPart(status: number, cause: unknown): ProblemError {
  return status === 403 || status === 404
    ? new ProblemError(404, 'not_found', 'There is nothing at this address.', { cause })
    : new ProblemError(status, 'invalid_request', 'The request can’t be answered like this.', {
        cause,
      });
}

function ownCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

// SQLSTATE classes: connection, sign-in, resources, operator intervention; then serialization,
// read-only, no such database, and one that takes no connections.
const away = /^(?:08|28|53|57)...$|^40001$|^40P01$|^25006$|^3D000$|^55000$|^E[A-Z]+$/u;

function databaseIsAway(error: unknown): boolean {
  if (error instanceof StorageError) return true;
  if (away.test(errorCode(error) ?? '')) return true;
  return /timeout exceeded when trying to connect|query read timeout|connection terminated|after calling end on the pool/iu.test(
    reasonOf(error),
  );
}

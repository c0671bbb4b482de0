import type { z } from 'zod';
import type { FieldError } from '../../contract/problem.ts';

const most = 100;

/** The errors of a schema as errors at fields; paths as in a JSON Pointer (RFC 6901). */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues
    .flatMap((issue): FieldError[] => {
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => ({
          path: pointer([...issue.path, key]),
          code: 'unknown_field',
          message: 'is not a known field',
        }));
      }
      const absent = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
      return [
        {
          path: pointer(issue.path),
          code: absent ? 'required' : issue.code,
          message: absent ? 'is required' : issue.message,
        },
      ];
    })
    .slice(0, most);
}

function pointer(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

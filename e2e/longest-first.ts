import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Short to read, and long to run: each looks at a page in many ways. */
const long = /\/pages(-of-portal)?\.e2e\.ts$/u;

/**
 * Vitest begins with the files that took longest, and where it never ran them with the largest. What
 * would be last by its size though it takes longest begins here, so that no core is idle at the end.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => long.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Probes: a file of an area, and what it imports. `legal` ones guard against a rule that forbids everything. */
const illegal: readonly (readonly [file: string, specifier: string])[] = [
  ['domain/probe.ts', '../contract/me.ts'],
  ['domain/probe.ts', 'zod'],
  ['domain/probe.ts', 'node:fs'],
  ['contract/probe.ts', '../entra/keys.ts'],
  ['contract/probe.ts', '../portal/app.ts'],
  ['contract/probe.ts', 'fastify'],
  ['entra/probe.ts', '../portal/app.ts'],
  ['entra/probe.ts', '../local-entra/app.ts'],
  ['entra/probe.ts', '../server/page.ts'],
  ['server/probe.ts', '../portal/app.ts'],
  ['server/probe.ts', '../entra/clouds.ts'],
  ['gate/probe.ts', '../portal/app.ts'],
  ['gate/probe.ts', '../local-entra/app.ts'],
  ['portal/app.ts', '../gate/app.ts'],
  ['portal/inventory/probe.ts', '../gates/routes.ts'],
  ['portal/app.ts', '../local-entra/app.ts'],
  ['portal/app.ts', '../demo/directory.ts'],
  ['portal/app.ts', '../web/app.tsx'],
  ['portal/inventory/probe.ts', '../sso-settings/routes.ts'],
  ['portal/sso-settings/probe.ts', '../inventory/routes.ts'],
  ['portal/overview/probe.ts', '../access/me.ts'],
  ['portal/access/probe.ts', '../../local-entra/app.ts'],
  ['portal/access/probe.ts', '../app.ts'],
  ['portal/http/probe.ts', '../inventory/routes.ts'],
  ['portal/storage/probe.ts', '../sessions/recovery-link.ts'],
  ['web/api/probe.ts', '../inventory/sites-page.tsx'],
  ['demo/probe.ts', '../portal/config.ts'],
  ['local-entra/probe.ts', '../portal/config.ts'],
  ['local-entra/probe.ts', '../domain/role.ts'],
  ['web/inventory/probe.ts', '../sensor-settings/settings-page.tsx'],
  ['web/inventory/probe.ts', '../../portal/config.ts'],
  ['web/inventory/probe.ts', '../../entra/keys.ts'],
  ['web/ui/probe.ts', '../inventory/sites-page.tsx'],
  ['web/ui/probe.ts', '../api/call.ts'],
  ['web/ui/probe.ts', '../outside/outside-page.tsx'],
  ['web/api/probe.ts', '../root.tsx'],
  ['web/outside/probe.ts', '../sign-in/sign-in-page.tsx'],
  ['web/outside/probe.ts', '../sensor/sensor-state.ts'],
  ['web/outside/probe.ts', '../ui/page.tsx'],
  ['web/outside/probe.ts', '../root.tsx'],
  ['web/outside/probe.ts', '../../portal/config.ts'],
  ['web/outside/probe.ts', '../../gate/config.ts'],
  ['web/outside/probe.ts', '@fluentui/react-components'],
  ['web/outside/probe.ts', 'node:fs'],
];

const legal: readonly (readonly [file: string, specifier: string])[] = [
  ['domain/legal.ts', './role.ts'],
  ['contract/legal.ts', '../domain/role.ts'],
  ['contract/legal.ts', 'zod'],
  ['entra/legal.ts', '../contract/me.ts'],
  ['portal/inventory/legal.ts', '../http/serve.ts'],
  ['portal/inventory/legal.ts', '../../domain/role.ts'],
  ['portal/inventory/legal.ts', '../../server/problem-error.ts'],
  ['gate/legal.ts', '../entra/clouds.ts'],
  ['gate/legal.ts', '../server/page.ts'],
  ['local-entra/legal.ts', '../demo/directory.ts'],
  ['web/inventory/legal.ts', '../ui/page.tsx'],
  ['web/inventory/legal.ts', '../../contract/me.ts'],
  ['web/sign-in/legal.ts', '../outside/outside-page.tsx'],
  ['web/sensor/legal.ts', '../outside/refusal.tsx'],
  ['web/sensor/legal.ts', '../ui/console-rules-words.ts'],
  ['web/outside/legal.ts', '../api/configuration.ts'],
  ['web/outside/legal.ts', '../paths.ts'],
  ['web/outside/legal.ts', '../failures.ts'],
  ['web/outside/legal.ts', '../../domain/refusal.ts'],
  ['web/outside/legal.ts', '../../contract/problem.ts'],
  ['web/outside/legal.ts', './refusal.tsx'],
  ['web/outside/legal.ts', 'react'],
];

let tree = '';

/** A tree of probes under this project's own lint and compiler settings. */
beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'gatehouse-boundaries-'));
  await cp(join(root, '.oxlintrc.json'), join(tree, '.oxlintrc.json'));
  await cp(join(root, 'tsconfig.base.json'), join(tree, 'tsconfig.base.json'));
  await writeFile(join(tree, 'package.json'), '{"type":"module"}');
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
  for (const area of ['domain', 'contract', 'web', 'portal']) {
    await mkdir(join(tree, 'src', area), { recursive: true });
    await cp(join(root, 'src', area, 'tsconfig.json'), join(tree, 'src', area, 'tsconfig.json'));
  }
  const files = new Map<string, string>();
  for (const [file, specifier] of [...illegal, ...legal]) {
    const numbered = file.replace(/\.ts$/, `-${files.size}.ts`);
    files.set(numbered, `import * as imported from '${specifier}';\nexport const it = imported;\n`);
  }
  for (const [file, text] of files) {
    await mkdir(dirname(join(tree, 'src', file)), { recursive: true });
    await writeFile(join(tree, 'src', file), text);
  }
});

afterAll(() => rm(tree, { recursive: true, force: true }));

async function lintedFiles(): Promise<Set<string>> {
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
  const { stdout } = await run(process.execPath, [oxlint, '--format', 'json', 'src'], {
    cwd: tree,
  }).catch((error: { stdout: string }) => error);
  const report = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  return new Set(
    report.diagnostics
      .filter((one) => one.code.includes('no-restricted-imports'))
      .map((one) => one.filename.replace(/^.*src\//, '')),
  );
}

describe('import boundaries', () => {
  it('refuse every illegal import and no legal one', async () => {
    const caught = await lintedFiles();
    const all = [...illegal, ...legal].map(([file], index) =>
      file.replace(/\.ts$/, `-${index}.ts`),
    );
    expect([...caught].toSorted()).toEqual(all.slice(0, illegal.length).toSorted());
  });

  it('know every folder of the portal and of the page', async () => {
    const rules = await import(`${root}.oxlintrc.json`, { with: { type: 'json' } });
    const text = JSON.stringify(rules.default);
    for (const [area, shared] of [
      ['portal', ['http', 'storage']],
      ['web', ['ui', 'api', 'outside']],
    ] as const) {
      const entries = await readdir(join(root, 'src', area), { withFileTypes: true });
      const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
      expect(folders).not.toEqual([]);
      for (const folder of folders) {
        if (!(shared as readonly string[]).includes(folder))
          expect(text).toMatch(new RegExp(`[(|]${folder}[)|]`));
      }
    }
  });
});

describe('the compiler', () => {
  async function compile(area: string, name: string, text: string): Promise<string> {
    const folder = join(tree, 'compile', area);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), text);
    const config = {
      extends: `../../src/${area}/tsconfig.json`,
      include: ['*.ts'],
      references: [],
    };
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        ...config,
        compilerOptions: { rootDir: '.', outDir: 'out', tsBuildInfoFile: 'out/info' },
      }),
    );
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = await run(process.execPath, [tsc, '-p', folder], { cwd: tree }).catch(
      (error: { stdout: string }) => error,
    );
    return stdout;
  }

  it('refuses the browser and Node in domain', async () => {
    expect(
      await compile('domain', 'window.ts', 'export const url = window.location.href;\n'),
    ).toContain('window');
    expect(await compile('domain', 'process.ts', 'export const home = process.env;\n')).toContain(
      'process',
    );
    await rm(join(tree, 'compile/domain'), { recursive: true });
    expect(await compile('domain', 'fine.ts', 'export const one = 1;\n')).toBe('');
  });

  it('refuses Node in the page', async () => {
    expect(await compile('web', 'process.ts', 'export const home = process.env;\n')).toContain(
      'process',
    );
  });
});

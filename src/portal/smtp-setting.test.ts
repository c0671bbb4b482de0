import { describe, expect, it } from 'vitest';
import { ConfigError, type ConfigProblem } from '../server/read-variables.ts';
import { readConfig } from './config.ts';
import { needsTls, readMailbox, readSmtpUrl } from './smtp-setting.ts';

function problemsOf(env: NodeJS.ProcessEnv): readonly ConfigProblem[] {
  try {
    readConfig(env, '/srv');
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the mail server', () => {
  it.each([
    ['GATEHOUSE_SMTP_URL', 'mail.example.com', 'is not a URL'],
    ['GATEHOUSE_SMTP_URL', 'https://mail.example.com', 'not with smtp: or smtps:'],
    ['GATEHOUSE_SMTP_URL', 'smtp:///x', 'names no host'],
    ['GATEHOUSE_SMTP_URL', 'smtp://me@mail.example.com', 'a user without a password'],
    ['GATEHOUSE_SMTP_URL', 'smtp://:secret@mail.example.com', 'a password without a user'],
    ['GATEHOUSE_SMTP_URL', 'smtp://me:%zz@mail.example.com', 'write % as %25'],
    ['GATEHOUSE_SMTP_URL', 'smtp://mail.example.com/inbox', 'must end after the host'],
    ['GATEHOUSE_SMTP_URL', 'smtp://mail.example.com?tls=no', 'holds a ?'],
    ['GATEHOUSE_SMTP_FROM', 'Gatehouse', 'neither an e-mail address'],
    ['GATEHOUSE_SMTP_FROM', 'a@example.com, b@example.com', 'neither an e-mail address'],
    ['GATEHOUSE_SMTP_FROM', 'A\r\nBcc: b@example.com <a@example.com>', 'neither an e-mail'],
  ])('refuses for mail %s=%s', (variable, value, problem) => {
    const right = { GATEHOUSE_SMTP_URL: 'smtp://localhost', GATEHOUSE_SMTP_FROM: 'a@example.com' };
    expect(problemsOf({ ...right, [variable]: value })).toMatchObject([
      { variable, problem: expect.stringContaining(problem), example: expect.any(String) },
    ]);
  });

  it.each([
    ['GATEHOUSE_SMTP_URL', 'smtp://localhost', 'GATEHOUSE_SMTP_FROM'],
    ['GATEHOUSE_SMTP_FROM', 'a@example.com', 'GATEHOUSE_SMTP_URL'],
  ])('refuses %s=%s without %s', (given, value, missing) => {
    expect(problemsOf({ [given]: value })).toMatchObject([
      { variable: missing, problem: expect.stringContaining('is missing') },
    ]);
  });

  it.each([
    ['smtp://localhost', false],
    ['smtp://127.0.0.1:2525', false],
    ['smtp://[::1]', false],
    ['smtp://mail.example.com', true],
    ['smtp://127.0.0.1.example.com', true],
    ['smtp://10.0.0.1', true],
  ])('needs TLS unless it is on this machine: %s', (url, needed) => {
    expect(needsTls(readSmtpUrl(url))).toBe(needed);
  });

  it('sends as somebody, by name or not', () => {
    expect(readMailbox('a@example.com')).toEqual({ name: 'Gatehouse', address: 'a@example.com' });
    expect(readMailbox('Ops Team <a@b.example>')).toEqual({
      name: 'Ops Team',
      address: 'a@b.example',
    });
  });
});

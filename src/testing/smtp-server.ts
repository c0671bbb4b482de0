import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** How a test's mail server behaves. */
export interface SmtpBehaviour {
  /** Asked for by AUTH PLAIN; absent: mail is taken without. */
  readonly password?: string;
  /** An answer in place of the usual one, for commands that begin so; null: none at all. */
  readonly answers?: Readonly<Record<string, string | null>>;
}

export interface SmtpServer {
  readonly port: number;
  /** What it was sent after DATA, a mail each. */
  readonly mails: readonly string[];
  /** Every line that it was told before DATA. */
  readonly commands: readonly string[];
  readonly close: () => Promise<void>;
}

/** A small SMTP server (RFC 5321) on loopback, in the clear, that keeps what it takes. */
export async function startSmtpServer(behaviour: SmtpBehaviour = {}): Promise<SmtpServer> {
  const mails: string[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    converse(socket, behaviour, { mails, commands });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    commands,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function converse(
  socket: Socket,
  { password, answers = {} }: SmtpBehaviour,
  { mails, commands }: { mails: string[]; commands: string[] },
): void {
  let buffered = '';
  let mail: string | null = null;
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  const answerTo = (line: string): string | null => {
    const verb = line.split(' ')[0]?.toUpperCase() ?? '';
    const own = Object.entries(answers).find(([begins]) => line.toUpperCase().startsWith(begins));
    if (own !== undefined) return own[1];
    if (verb === 'EHLO')
      return password === undefined ? '250 localhost' : '250-localhost\r\n250 AUTH PLAIN';
    if (verb === 'AUTH') {
      const given = Buffer.from(line.split(' ')[2] ?? '', 'base64')
        .toString()
        .split('\0')[2];
      return given === password ? '235 2.7.0 in' : `535 5.7.8 ${given} is wrong`;
    }
    if (verb === 'STARTTLS') return '502 5.5.1 not here';
    if (verb === 'DATA') mail = '';
    if (verb === 'QUIT') socket.end('221 bye\r\n');
    return verb === 'QUIT' ? null : verb === 'DATA' ? '354 go on' : '250 ok';
  };
  const greeting = answers['CONNECT'];
  if (greeting !== null) say(greeting ?? '220 localhost ESMTP');
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    buffered += chunk;
    for (let end = next(); end >= 0; end = next()) {
      const text = buffered.slice(0, end);
      if (mail === null) {
        buffered = buffered.slice(end + 2);
        commands.push(text);
        const answer = answerTo(text);
        if (answer !== null) say(answer);
      } else {
        buffered = buffered.slice(end + 5);
        mails.push(text);
        mail = null;
        say('250 taken');
      }
    }
  });
  function next(): number {
    return buffered.indexOf(mail === null ? '\r\n' : '\r\n.\r\n');
  }
}

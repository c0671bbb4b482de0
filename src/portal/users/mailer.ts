import { createTransport } from 'nodemailer';
import { shownText } from '../../domain/unsafe-text.ts';
import { needsTls, type SmtpServer, type SmtpSetting } from '../smtp-setting.ts';
import { invitationMail, type Invitation } from './invitation-mail.ts';

export interface MailerOptions {
  readonly smtp: SmtpSetting;
  readonly publicUrl: string;
  /** Told when mail doesn't go, without the server's password. */
  readonly onError: (error: unknown) => void;
  /** Milliseconds that the server may say nothing: 10,000. */
  readonly patience?: number;
}

/** Sends invitations; answers `sent`, or why one didn't go, in words for administrators. */
export function createMailer({ smtp, publicUrl, onError, patience = 10_000 }: MailerOptions) {
  const { server, from } = smtp;
  const transport = createTransport(transportOptions(server, patience));
  return async (invitation: Invitation): Promise<string> => {
    const { subject, text, html } = invitationMail(invitation, publicUrl);
    try {
      await transport.sendMail({
        from: { ...from },
        to: { name: oneLine(invitation.name), address: invitation.email },
        subject,
        text,
        html,
        // RFC 3834: no out-of-office answers.
        headers: { 'auto-submitted': 'auto-generated' },
      });
      return 'sent';
    } catch (error) {
      const reason = reasonOf(error);
      onError(new Error(`an invitation could not be mailed: ${reason}`));
      return reason;
    }
  };
}

/** What nodemailer is told; mail never leaves this machine in the clear. */
export function transportOptions(server: SmtpServer, patience: number) {
  const { host, port, implicitTls, credentials } = server;
  const overNetwork = needsTls(server);
  return {
    host,
    port,
    secure: implicitTls,
    requireTLS: overNetwork && !implicitTls,
    // On this machine nothing is gained by it, and its certificate is nobody's.
    ignoreTLS: !overNetwork,
    tls: { minVersion: 'TLSv1.2' as const },
    ...(credentials === null
      ? {}
      : { auth: { user: credentials.user, pass: credentials.password } }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    dnsTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Nothing of a name may begin another line of the header. */
function oneLine(name: string): string {
  return name.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** Never what the server answered to the sign-in: it could repeat the password. */
function reasonOf(error: unknown): string {
  const { code, response } = error as { readonly code?: unknown; readonly response?: unknown };
  const answer = typeof response === 'string' ? `: ${shownText(response).slice(0, 200)}` : '';
  switch (code) {
    case 'EAUTH':
    case 'ENOAUTH':
      return 'the mail server refuses the user or the password of GATEHOUSE_SMTP_URL';
    case 'EDNS':
      return 'the name of the mail server in GATEHOUSE_SMTP_URL isn’t known';
    case 'ETLS':
      return 'the mail server offers no encryption (STARTTLS), without which nothing is sent';
    case 'ETIMEDOUT':
      return 'the mail server doesn’t answer in time';
    case 'EENVELOPE':
      return `the mail server refuses the address${answer}`;
    case 'EMESSAGE':
      return `the mail server refuses the mail${answer}`;
    default:
      return isCertificateProblem(error)
        ? 'the certificate of the mail server isn’t one that can be trusted'
        : 'the mail server can’t be reached, or broke off';
  }
}

function isCertificateProblem(error: unknown): boolean {
  return error instanceof Error && /certificate|altname/iu.test(error.message);
}

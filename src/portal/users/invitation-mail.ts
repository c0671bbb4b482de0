import { roleLabels, type Role } from '../../domain/role.ts';

/** An invitation, as it is written to somebody. */
export interface Invitation {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly invitedBy: string;
  readonly link: string;
  readonly expiresAt: Date;
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Says who invites whom as what, until when, and what to do with the link. */
export function invitationMail(invitation: Invitation, publicUrl: string): MailText {
  const { name, email, role, invitedBy, link, expiresAt } = invitation;
  const until = `${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const before = [
    `Hello ${name},`,
    `${invitedBy} invites you to Gatehouse at ${publicUrl}, with the role ${roleLabels[role]}.`,
  ];
  const after = [
    `Sign in there with the Microsoft account whose e-mail address is ${email}. The link is good until ${until}.`,
    'If you don’t expect this invitation, do nothing: without you signing in, it gives nobody access.',
  ];
  const paragraph = (line: string) => `<p>${escaped(line)}</p>`;
  return {
    subject: 'Your invitation to Gatehouse',
    text: `${[...before, link, ...after].join('\n\n')}\n`,
    html: [
      '<!doctype html><html lang="en"><meta charset="utf-8"><title>Your invitation to Gatehouse</title><body>',
      ...before.map(paragraph),
      `<p><a href="${escaped(link)}">Open the invitation</a></p>`,
      ...after.map(paragraph),
      '</body></html>',
    ].join('\n'),
  };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? '');
}

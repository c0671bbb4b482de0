import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { SsoSettingReview } from '../../contract/sso-settings.ts';
import { ApiError } from '../api/call.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { placeProblemErrors } from './setting-fields.ts';
import type { SettingStep } from './setting-steps.ts';
import type { WizardDraft } from './use-wizard-draft.ts';
import { WrongFields } from './wrong-fields.tsx';

interface ReviewRefusedProps {
  readonly review: UseQueryResult<SsoSettingReview>;
  readonly draft: WizardDraft;
  readonly onStep: (step: SettingStep) => void;
}

/** Why there is no review: fields that the server refuses are marked at their steps, too. */
export function ReviewRefused({ review, draft, onStep }: ReviewRefusedProps) {
  const { error } = review;
  const errors = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  const { placeErrors } = draft;
  useEffect(() => {
    if (errors.length > 0) placeErrors(errors);
    // The messages are placed once for each answer; typing in a field takes its own away.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [error]);
  if (error === null) return null;
  if (errors.length === 0) {
    return <ProblemNotice error={error} onRetry={() => void review.refetch()} />;
  }
  return (
    <WrongFields
      title="Something needs correcting"
      intent="error"
      {...placeProblemErrors(errors)}
      onStep={onStep}
    />
  );
}

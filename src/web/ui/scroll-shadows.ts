import { tokens, type GriffelStyle } from '@fluentui/react-components';

const ground = tokens.colorNeutralBackground1;
const shade = `color-mix(in srgb, ${tokens.colorNeutralForeground1} 18%, transparent)`;

/**
 * A shade at each edge beyond which there is more to scroll to. The two covers travel with what is
 * scrolled and hide the shades at its ends; they have the color of the ground.
 */
export const scrollShadows: GriffelStyle = {
  backgroundColor: ground,
  backgroundImage: [
    `linear-gradient(to right, ${ground} 40%, transparent)`,
    `linear-gradient(to left, ${ground} 40%, transparent)`,
    `linear-gradient(to right, ${shade}, transparent)`,
    `linear-gradient(to left, ${shade}, transparent)`,
  ].join(', '),
  backgroundPosition: 'left center, right center, left center, right center',
  backgroundRepeat: 'no-repeat',
  backgroundSize: '48px 100%, 48px 100%, 20px 100%, 20px 100%',
  backgroundAttachment: 'local, local, scroll, scroll',
};

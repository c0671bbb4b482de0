import {
  createDarkTheme,
  createLightTheme,
  type BrandVariants,
  type Theme,
} from '@fluentui/react-components';

const brand: BrandVariants = {
  10: '#010f11',
  20: '#031d20',
  30: '#04292e',
  40: '#053238',
  50: '#073c43',
  60: '#08464e',
  70: '#0a5059',
  80: '#0b5c66',
  90: '#1d6f79',
  100: '#32828c',
  110: '#4a969f',
  120: '#63aab2',
  130: '#7fbec4',
  140: '#9dd1d6',
  150: '#bde3e6',
  160: '#dff3f4',
};

const light: Theme = createLightTheme(brand);

const dark: Theme = {
  ...createDarkTheme(brand),
  // The ramp's defaults are too dark to be read on a dark surface (WCAG 1.4.3).
  colorBrandForeground1: brand[130],
  colorBrandForeground2: brand[140],
  colorBrandForegroundLink: brand[130],
  colorBrandForegroundLinkHover: brand[140],
  colorBrandForegroundLinkPressed: brand[120],
  colorBrandForegroundLinkSelected: brand[130],
  colorCompoundBrandForeground1: brand[130],
  colorCompoundBrandForeground1Hover: brand[140],
  colorCompoundBrandForeground1Pressed: brand[120],
  colorCompoundBrandBackground: brand[130],
  colorCompoundBrandBackgroundHover: brand[140],
  colorCompoundBrandStroke: brand[130],
  colorCompoundBrandStrokeHover: brand[140],
  colorNeutralForeground2BrandHover: brand[130],
  colorNeutralForeground2BrandPressed: brand[120],
  colorNeutralForeground2BrandSelected: brand[130],
};

export const fluentThemes: Readonly<Record<'light' | 'dark', Theme>> = { light, dark };

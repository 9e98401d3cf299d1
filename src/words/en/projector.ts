/** Words of the projector's page: what its keys do. */
export const projector = {
  play: 'play',
  next: 'next event',
  beat: 'next beat',
  back: 'back',
  view: 'whose view',
  size: 'size',
  blank: 'blank',
  leave: 'leave',
  step: 'answer, next step',
  presenter: 'presenter',
  blanked: 'Blank. Press B to come back.',
};

/** Which menu is open on the stage, and where. */
import type { NodeName } from '../../protocol/ids';
import { picking } from '../picked';
import type { StageGeometry } from '../layout/stage-geometry';
import type { MenuSubject, OpenMenu } from './act-menu';

/** Room for a menu beside what it is about. */
const MENU_PX = 220;

interface Room {
  readonly geometry: () => StageGeometry;
  readonly stage: () => HTMLElement;
  readonly scale: () => number;
}

export class StageMenus {
  readonly #room: Room;
  /** Found while the component is being made, as the menus are. */
  readonly #pick = picking().pick;
  #last: OpenMenu | null = null;
  open = $state.raw<OpenMenu | null>(null);

  constructor(room: Room) {
    this.#room = room;
  }

  node = (name: NodeName): void => {
    const { places, size } = this.#room.geometry();
    const place = places.get(name);
    if (!place) return;
    const [middle, away] = [size.centreX + place.x, place.radius + 12];
    const isRoomy = middle + away + MENU_PX < this.#room.stage().clientWidth;
    const x = isRoomy ? middle + away : middle - away - MENU_PX;
    this.open = { type: 'node', name, ...this.#inside(x, size.centreY + place.y - 20) };
  };

  link = (pair: { from: NodeName; to: NodeName }, at: MouseEvent): void => {
    this.#pick?.({ type: 'link', ...pair });
    this.open = { type: 'link', ...pair, ...this.#pointed(at) };
  };

  message = (message: number, at: MouseEvent): void => {
    this.open = { type: 'message', message, ...this.#pointed(at) };
  };

  /** Another menu where this one stands. */
  another = (subject: MenuSubject): void => {
    const { x = 8, y = 8 } = this.open ?? this.#last ?? {};
    this.open = { ...subject, x, y };
  };

  close = (): void => {
    this.#last = this.open;
    this.open = null;
  };

  #pointed({ clientX, clientY }: MouseEvent): { x: number; y: number } {
    const { left, top } = this.#room.stage().getBoundingClientRect();
    const scale = this.#room.scale();
    return this.#inside((clientX - left) / scale, (clientY - top) / scale);
  }

  #inside(x: number, y: number): { x: number; y: number } {
    const { clientWidth } = this.#room.stage();
    return { x: Math.max(8, Math.min(x, clientWidth - MENU_PX)), y: Math.max(8, y) };
  }
}

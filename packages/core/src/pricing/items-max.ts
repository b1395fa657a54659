export const ITEMS_PER_HOLD_MAX = 50;

/** The same places within -1 and 1, both directions by the same factor, the middle at 0. */
export function scalePlaces(places: Float32Array): Float32Array {
  const middles = [0, 1].map((axis) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let place = axis; place < places.length; place += 2) {
      least = Math.min(least, places[place] ?? 0)
      most = Math.max(most, places[place] ?? 0)
    }
    return { middle: (least + most) / 2, reach: (most - least) / 2 }
  })
  const reach = Math.max(...middles.map((axis) => axis.reach), Number.MIN_VALUE)
  return places.map((value, place) => {
    const scaled = (value - (middles[place % 2]?.middle ?? 0)) / reach
    return Math.min(1, Math.max(-1, Number.isFinite(scaled) ? scaled : 0))
  })
}

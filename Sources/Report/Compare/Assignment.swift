/// The cheapest way to pair two sets, each member with one of the other or with none.
///
/// The method of Kuhn 1955 and Munkres 1957 with potentials, one row after the other: cubic in the
/// number of members.
struct Assignment {
  /// For each member of the left set its partner in the right one; nil for none.
  let partners: [Int?]

  /// - Parameters:
  ///   - costs: of each pair, a row for each member of the left set.
  ///   - left: what it costs to leave each member of the left set alone.
  ///   - right: the same of the right one.
  init(costs: [[Int]], left: [Int], right: [Int]) {
    let size = left.count + right.count
    // Whoever stays alone is paired with a place of its own kind; those pair for nothing. Where
    // both cost the same a pair is better than two that are alone.
    let unit = size + 1
    func cost(_ row: Int, _ column: Int) -> Int {
      switch (row < left.count, column < right.count) {
      case (true, true): costs[row][column] * unit - 1
      case (true, false): left[row] * unit
      case (false, true): right[column] * unit
      case (false, false): 0
      }
    }
    // Columns and rows count from 1; row 0 and column 0 stand for none.
    var rows = [Int](repeating: 0, count: size + 1)
    var rowPotential = [Int](repeating: 0, count: size + 1)
    var columnPotential = [Int](repeating: 0, count: size + 1)
    for row in 1..<(size + 1) {
      var slack = [Int](repeating: .max, count: size + 1)
      var previous = [Int](repeating: 0, count: size + 1)
      var isDone = [Bool](repeating: false, count: size + 1)
      var column = 0
      rows[0] = row
      repeat {
        isDone[column] = true
        let current = rows[column]
        var (step, best) = (Int.max, 0)
        for other in 1..<(size + 1) where !isDone[other] {
          let reduced =
            cost(current - 1, other - 1) - rowPotential[current] - columnPotential[other]
          if reduced < slack[other] { (slack[other], previous[other]) = (reduced, column) }
          if slack[other] < step { (step, best) = (slack[other], other) }
        }
        for other in 0..<(size + 1) {
          if isDone[other] {
            rowPotential[rows[other]] += step
            columnPotential[other] -= step
          } else if slack[other] < .max {
            slack[other] -= step
          }
        }
        column = best
      } while rows[column] != 0
      while column != 0 {
        rows[column] = rows[previous[column]]
        column = previous[column]
      }
    }
    var partners = [Int?](repeating: nil, count: left.count)
    for column in 1..<(right.count + 1) where rows[column] <= left.count && rows[column] > 0 {
      partners[rows[column] - 1] = column - 1
    }
    self.partners = partners
  }
}

;; Products of rows of 32-bit floats with rows of weights, four at a time. Addresses are bytes; rows are padded to 16 bytes.
(module
  (import "host" "memory" (memory 1))

  ;; out[row * tags + tag] = the product of row `row` of x with row `tag` of w
  (func (export "products")
    (param $rows i32) (param $tags i32) (param $wide i32) (param $x i32) (param $w i32) (param $out i32)
    (local $tag i32) (local $at i32) (local $end i32) (local $weight i32) (local $sum v128)
    (loop $row
      (local.set $weight (local.get $w))
      (local.set $tag (local.get $tags))
      (local.set $end (i32.add (local.get $x) (local.get $wide)))
      (loop $each
        (local.set $at (local.get $x))
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (loop $column
          (local.set $sum
            (f32x4.add (local.get $sum) (f32x4.mul (v128.load (local.get $at)) (v128.load (local.get $weight)))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (local.set $weight (i32.add (local.get $weight) (i32.const 16)))
          (br_if $column (i32.lt_u (local.get $at) (local.get $end))))
        (f32.store
          (local.get $out)
          (f32.add
            (f32.add (f32x4.extract_lane 0 (local.get $sum)) (f32x4.extract_lane 1 (local.get $sum)))
            (f32.add (f32x4.extract_lane 2 (local.get $sum)) (f32x4.extract_lane 3 (local.get $sum)))))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $tag (i32.sub (local.get $tag) (i32.const 1)))
        (br_if $each (local.get $tag)))
      (local.set $x (local.get $end))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
      (br_if $row (local.get $rows))))

  ;; sums[tag] += errors[row * tags + tag] times row `row` of x, for errors that are not 0
  (func (export "addProducts")
    (param $rows i32) (param $tags i32) (param $wide i32) (param $x i32) (param $errors i32) (param $sums i32)
    (local $tag i32) (local $at i32) (local $end i32) (local $sum i32) (local $error f32) (local $factor v128)
    (loop $row
      (local.set $sum (local.get $sums))
      (local.set $tag (local.get $tags))
      (local.set $end (i32.add (local.get $x) (local.get $wide)))
      (loop $each
        (local.set $error (f32.load (local.get $errors)))
        (if (f32.eq (local.get $error) (f32.const 0))
          (then (local.set $sum (i32.add (local.get $sum) (local.get $wide))))
          (else
            (local.set $factor (f32x4.splat (local.get $error)))
            (local.set $at (local.get $x))
            (loop $column
              (v128.store
                (local.get $sum)
                (f32x4.add (v128.load (local.get $sum)) (f32x4.mul (v128.load (local.get $at)) (local.get $factor))))
              (local.set $at (i32.add (local.get $at) (i32.const 16)))
              (local.set $sum (i32.add (local.get $sum) (i32.const 16)))
              (br_if $column (i32.lt_u (local.get $at) (local.get $end))))))
        (local.set $errors (i32.add (local.get $errors) (i32.const 4)))
        (local.set $tag (i32.sub (local.get $tag) (i32.const 1)))
        (br_if $each (local.get $tag)))
      (local.set $x (local.get $end))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
      (br_if $row (local.get $rows))))
)

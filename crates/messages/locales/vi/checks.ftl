# Luật kiểm tra không đọc được, khi nạp cấu hình. $rule: tên luật; $field: holds, message hoặc
# message_en; $at: ký tự thứ mấy; $found: đã gặp; $expected: cần có.

check-empty = Luật kiểm tra “{ $rule }”: mục “{ $field }” đang để trống. Đề nghị điền nội dung.
check-too-long = Luật kiểm tra “{ $rule }”, mục “{ $field }” dài { $found } ký tự; chỉ được dài không quá { $expected } ký tự.
check-too-deep = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: biểu thức lồng quá { $expected } bậc tại “{ $found }”. Đề nghị tách thành nhiều luật.
check-character-unknown = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: gặp “{ $found }”, không dùng được trong biểu thức. Các dấu dùng được là < <= > >= = != + - * ( ).
check-division = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: gặp “{ $found }”; biểu thức không có phép chia và phần trăm. So sánh tỷ lệ bằng phép nhân “{ $expected }”, ví dụ 100 * a > 98 * b.
check-number-format = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: gặp “{ $found }”; cần số nguyên viết liền, không có dấu phân cách, ví dụ 1000.
check-number-too-large = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: số “{ $found }” quá lớn; lớn nhất là { $expected }.
check-text-unclosed = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: đoạn chữ mở tại đây chưa được đóng bằng dấu { $expected }.
check-brace-unclosed = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: dấu { $found } mở tại đây chưa được đóng bằng dấu { $expected }.
check-brace-unopened = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: dấu { $found } đóng mà không có dấu mở. Muốn in chính dấu này thì viết { $expected }.
check-token-expected = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: gặp “{ $found }”, cần “{ $expected }”.
check-token-missing = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: biểu thức kết thúc mà còn thiếu “{ $expected }”.
check-operand-expected = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: gặp “{ $found }”, cần một số, một tên chỉ tiêu hoặc một biểu thức trong ngoặc.
check-operand-missing = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: biểu thức kết thúc tại đây mà còn thiếu một số, một tên chỉ tiêu hoặc một biểu thức trong ngoặc.
check-operator-expected = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: gặp “{ $found }” sau một biểu thức đã trọn; cần một phép toán, một phép so sánh, and, or, implies hoặc kết thúc.
check-comparison-chained = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: gặp “{ $found }” ngay sau một phép so sánh; cần tách thành hai phép so sánh nối bằng “{ $expected }”.
check-condition-expected = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: “{ $found }” là một số; ở đây cần một điều kiện, ví dụ một phép so sánh.
check-number-expected = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: “{ $found }” là một điều kiện; ở đây cần một số.
check-element-unknown = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: không có chỉ tiêu nào tên là “{ $found }”.
check-element-misspelt = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: không có chỉ tiêu nào tên là “{ $found }”; tên gần nhất là “{ $expected }”.
check-subtraction-unspaced = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: không có chỉ tiêu nào tên là “{ $found }”. Nếu là phép trừ thì cần dấu cách ở hai bên: “{ $expected }”.
check-measures-differ = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: chỉ tiêu “{ $element }” có đơn vị tính “{ $found }”, còn “{ $other }” có đơn vị tính “{ $expected }”; hai đơn vị tính khác nhau thì không cộng, trừ hay so sánh được.
check-measures-multiplied = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: chỉ tiêu “{ $element }” được nhân với chỉ tiêu “{ $other }”; một chỉ tiêu chỉ được nhân với một số viết trong luật hoặc số đếm của một sổ.
check-measure-unknown = Luật kiểm tra “{ $rule }”, mục “{ $field }”, ký tự thứ { $at }: chưa biết đơn vị tính của chỉ tiêu “{ $element }”.

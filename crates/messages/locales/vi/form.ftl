# Lời trên biểu mẫu (crates/intake/src/template). Tên cột và các từ mà trình đọc nhận ra thì ở trong mã.
form-sheet = Biểu
form-title = Biểu mẫu: { $form }
form-unit = Đơn vị báo cáo:
form-period = Kỳ báo cáo:
form-days = từ ngày { $first } đến hết ngày { $last }
form-how = Chỉ nhập vào các ô nền vàng. Nhập số nguyên, không nhập đơn vị tính; số 0 là một con số. Để trống nghĩa là không báo cáo.
form-not-applicable = Nếu chỉ tiêu không áp dụng cho đơn vị, gõ “{ $word }” (hoặc KAD).
form-exempt = Nếu được miễn, gõ “{ $word }: lý do”; các lý do: { $reasons }.
form-own-words = Ý kiến của đơn vị
form-explanation = Giải thích số liệu (khi có số liệu khác thường)
form-input-title = Số liệu kỳ này
form-input = Nhập số nguyên từ 0 trở lên. Để trống nếu không báo cáo; gõ KAD nếu không áp dụng; gõ “miễn: lý do” nếu được miễn.
form-error-title = Cần số nguyên từ 0 trở lên
form-error = Ô này nhận số nguyên từ 0 trở lên, hoặc “không báo cáo”, “không áp dụng”, “miễn: lý do”. Nếu đã gõ đúng một trong các cụm từ đó, chọn Yes để giữ lại.
form-page = Trang

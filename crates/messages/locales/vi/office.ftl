# Lệnh “nhipcau office” (crates/app/src/commands/office.rs).

help-office = Cơ quan được đăng nhập bàn biên tập
help-office-long =
    Ví dụ:
      nhipcau office create "Văn phòng Huyện ủy" --role administrator
      nhipcau office create "Tổ biên tập" --role editor --column tin-tuc
      nhipcau office list
      nhipcau office reset to-bien-tap
    Vai trò: writer (người viết), editor (biên tập viên), publisher (người xuất bản), administrator (quản trị).
    Người giữ thư mục dữ liệu có quyền của người quản trị.
help-office-create = Lập tài khoản cho một cơ quan, in liên kết thiết lập dùng một lần
help-office-list = Các cơ quan, người phụ trách, vai trò
help-office-reset = Xóa mật khẩu và mã xác thực của một cơ quan, in liên kết thiết lập mới
arg-role = Vai trò: writer, editor, publisher, administrator
arg-column = Chuyên mục mà vai trò có hiệu lực; không ghi là toàn trang
arg-id = Mã của cơ quan; không ghi thì lấy từ tên
arg-holder = Họ tên người phụ trách
arg-contact = Cách liên hệ với người phụ trách
arg-sign-in = Tên đăng nhập; không ghi thì dùng mã của cơ quan
arg-password-stdin = Đọc mật khẩu từ đầu vào chuẩn (một dòng) thay vì in liên kết
office-created = Đã lập tài khoản cho { $name } (mã: { $id }).
office-link = Liên kết thiết lập, dùng một lần trong { $hours } giờ: { $address }
office-sign-in = Đăng nhập bằng tên “{ $name }” với mật khẩu vừa nhập.
office-id = Mã
office-title = Cơ quan
office-holders = Người phụ trách
office-roles = Vai trò
office-not-set-up = chưa thiết lập
arg-name = Tên cơ quan

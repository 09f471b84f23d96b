# Lệnh “nhipcau office” (crates/app/src/commands/office.rs).

help-office = Cơ quan được đăng nhập bàn biên tập
help-office-long =
    Ví dụ:
      nhipcau office create "Văn phòng Huyện ủy" --role administrator
      nhipcau office create "Tổ biên tập" --role editor --column tin-tuc
      nhipcau office create "Ban Tuyên giáo và Dân vận" --duty consolidator:branch:huyen-cau-ngang
      nhipcau office units --all
      nhipcau office slips --under xa-long-son --out phieu.html --site https://caungang.example
      nhipcau office list
      nhipcau office reset to-bien-tap
    Vai trò: writer (người viết), editor (biên tập viên), publisher (người xuất bản), administrator (quản trị).
    Việc về báo cáo: reporter (báo cáo), reviewer (duyệt báo cáo), consolidator (tổng hợp), approver (phê duyệt), auditor (kiểm tra);
    phạm vi: không ghi là mọi đơn vị, “:unit:MÃ” là một đơn vị, “:branch:MÃ” là đơn vị và cấp dưới.
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
help-office-units = Lập cơ quan cho mọi đơn vị phải báo cáo
help-office-slips = In phiếu cấp quyền cho các đơn vị cấp dưới ra một tệp HTML
arg-duty = Việc về báo cáo và phạm vi: VIỆC, VIỆC:unit:ĐƠN-VỊ hoặc VIỆC:branch:ĐƠN-VỊ
arg-under = Đơn vị trên cùng của nhánh
arg-all-units = Mọi đơn vị
arg-slips-file = Tệp HTML để in; không ghi đè tệp đã có
arg-everyone = In cả cho đơn vị đã đăng nhập được: mã PIN và mật khẩu đang dùng hết hiệu lực
office-postings = Việc về báo cáo
office-units-made = Đã lập { $made } cơ quan; { $there } cơ quan đã có từ trước, { $renamed } cơ quan đổi theo tên mới của đơn vị.
office-slips-made = Đã ghi { $count } phiếu vào “{ $file }”. Mở tệp bằng trình duyệt để in; in xong thì xóa tệp: ai có tệp đều vào được.
office-slips-left-out = Không in được phiếu: { $said }
office-duty-unreadable = Không hiểu “{ $found }”. Cần ghi như consolidator, reviewer:branch:xa-long-son hoặc reporter:unit:chi-bo-ap-1.
office-needs-role = Cần ghi --role (quyền trên trang) hoặc --duty (việc về báo cáo), hoặc cả hai.
office-file-exists = Đã có tệp “{ $file }”; không ghi đè. Đề nghị chọn tên khác.
demo-offices = { $count } cơ quan của các đơn vị đã được lập, chưa có ai phụ trách. In phiếu cấp quyền: nhipcau office slips --under { $unit } --out phieu.html

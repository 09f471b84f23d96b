# Nhật ký kiểm tra: ai đã làm gì có giá trị ràng buộc, thành một chuỗi không sửa được mà không lộ.

help-audit = Nhật ký các việc có giá trị ràng buộc, để kiểm tra từ bên ngoài
help-audit-long =
    Ví dụ:
      nhipcau audit export > nhat-ky.jsonl
      nhipcau audit export --format csv --since 2022-07-01 > nhat-ky.csv
      nhipcau audit head
    docs/audit.md nói cách tự kiểm tra một tệp đã xuất mà không cần chương trình này.
help-audit-export = Xuất toàn bộ bản ghi, cũ trước, mới sau
help-audit-head = Cho biết số và mã băm của bản ghi mới nhất
arg-export-format = Cách xuất: jsonl (để kiểm tra), csv (để đọc)
arg-since = Chỉ từ ngày này (giờ Việt Nam)

audit-head = Bản ghi mới nhất: số { $number }, mã băm { $hash }
audit-empty = Nhật ký chưa có bản ghi nào.

verify-what-audit = Nhật ký kiểm tra
verify-what-office = Quyền của cơ quan
verify-what-article = Bài viết
verify-what-document = Sổ văn bản
verify-what-relation = Quan hệ giữa các văn bản

desk-nav-audit = Nhật ký
audit-title = Nhật ký kiểm tra
audit-lead = Mỗi việc có giá trị ràng buộc là một bản ghi, nêu cơ quan, người, thời điểm và nội dung; bản ghi sau mang mã băm của bản ghi trước. Sửa một bản ghi cũ thì mọi mã băm sau đó không còn khớp.
audit-head-heading = Bản ghi mới nhất
audit-head-long = Số { $number }, lúc { $at }. Chép mã băm dưới đây ra ngoài hệ thống (in kèm báo cáo, gửi qua văn thư): ai sửa nhật ký sau này sẽ không giữ được mã ấy.
audit-none = Không có bản ghi nào như vậy.
audit-filter-office = Cơ quan thực hiện
audit-filter-office-all = Mọi cơ quan
audit-filter-subject = Mã đơn vị, cơ quan hoặc báo cáo
audit-filter-subject-hint = Ví dụ: xa-long-son; ket-qua/1. Một lần duyệt nhiều báo cáo cũng tìm được theo từng đơn vị.
audit-filter-from = Từ ngày
audit-filter-to = Đến hết ngày
audit-filter-button = Lọc
audit-day-unreadable = Không đọc được ngày “{ $found }”. Cần một ngày theo dạng năm-tháng-ngày, ví dụ 2022-05-18.
audit-older = Cũ hơn
audit-look-on = Tìm tiếp ở các bản ghi cũ hơn
audit-none-so-far = Trong các bản ghi vừa xem chưa có bản ghi nào như vậy; còn các bản ghi cũ hơn.
audit-newest = Về mới nhất
audit-export = Xuất cả nhật ký (JSON từng dòng)
audit-number = Số
audit-when = Lúc
audit-who = Ai
audit-what = Việc
audit-about = Về
audit-by-program = Chương trình
audit-details = Nội dung
audit-count = { $count } báo cáo
audit-form = { $form }, kỳ { $period }: { $count } báo cáo
audit-beyond = và { $count } báo cáo khác ngoài phạm vi của cơ quan
audit-reason = Lý do: { $reason }
audit-revision = bản gửi lần { $revision }
audit-until = đến hết { $day }
audit-changes = { $count } thay đổi
audit-version = bản cấu hình số { $version }
audit-pinned = { $count } việc có từ trước khi bắt đầu chuỗi

audit-what-genesis = Bắt đầu chuỗi
audit-what-returns-accepted = Chấp nhận báo cáo
audit-what-returns-sent-back = Trả lại báo cáo
audit-what-returns-excused = Miễn báo cáo
audit-what-deadline-extended = Gia hạn
audit-what-report-approved = Duyệt báo cáo tổng hợp
audit-what-report-frozen = Chốt báo cáo tổng hợp
audit-what-report-attached = Đính kèm bản ký
audit-what-definitions-changed = Thay đổi cấu hình
audit-what-tree-changed = Thay đổi cây đơn vị
audit-what-office-created = Lập cơ quan
audit-what-office-granted = Giao quyền trên trang
audit-what-office-posted = Giao việc báo cáo, duyệt
audit-what-office-renamed = Đổi tên cơ quan
audit-what-office-closed = Đóng cơ quan
audit-what-office-opened = Mở lại cơ quan
audit-what-office-holder-added = Thêm người giữ
audit-what-office-holder-left = Người giữ thôi giữ
audit-what-office-link-given = Cấp liên kết vào hệ thống
audit-what-office-slip-printed = In phiếu vào hệ thống
desk-nav-audit-long = Ai đã chấp nhận, trả lại, gia hạn, duyệt, chốt gì, và lúc nào.

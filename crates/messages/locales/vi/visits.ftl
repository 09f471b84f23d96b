# Đếm lượt truy cập (crates/visits).

visits-file-failed = Không đọc hoặc không ghi được “{ $file }”: { $detail }
visits-in-use = Một tiến trình khác đang đếm lượt truy cập vào “{ $file }”. Hãy dừng tiến trình đó (nhipcau serve) trước, hoặc chỉ đọc số liệu.
visits-damaged = Tệp “{ $file }” bị hỏng. Chưa có gì thay đổi; hãy phục hồi thư mục lượt truy cập từ bản sao lưu.
visits-newer = Tệp “{ $file }” do phiên bản mới hơn của chương trình ghi. Hãy dùng phiên bản đó.
visits-import-overlaps = Nhật ký này trùng một phần thời gian với một lần nhập trước, từ { $from } đến { $to }. Chưa đếm gì. Nếu đây là nhật ký của máy chủ thứ hai của cùng một trang, hãy nhập với --overlap.
visits-total-too-late = Số chuyển tiếp phải thuộc ngày trước ngày đầu tiên được đếm tại đây ({ $since }); ngày { $day } thì không.

visits-left-out-search-engine = Máy thu thập của công cụ tìm kiếm
visits-left-out-link-preview = Ứng dụng mạng xã hội, nhắn tin lấy phần xem trước của liên kết
visits-left-out-ai = Máy thu thập văn bản cho trí tuệ nhân tạo
visits-left-out-tool = Công cụ hoặc chương trình, không phải trình duyệt
visits-left-out-monitor = Dịch vụ theo dõi trang còn hoạt động hay không
visits-left-out-robot = Máy tự động khác
visits-left-out-no-user-agent = Không cho biết là trình duyệt nào
visits-left-out-prefetch = Trình duyệt tải trước, có thể không ai đọc
visits-left-out-method = Chỉ hỏi phần đầu của trang, không lấy trang
visits-left-out-missing = Hỏi trang không có
visits-left-out-redirect = Được dẫn sang trang khác; trang đó được đếm
visits-left-out-failed = Trang từ chối hoặc gặp lỗi
visits-left-out-asked-not = Người đọc yêu cầu không theo dõi
visits-left-out-too-fast = Hoạt động như máy: mở trang nhanh hơn người đọc, hoặc đã đọc tệp robots.txt
visits-left-out-robots-file = Đọc tệp robots.txt, việc chỉ máy tự động làm
visits-left-out-part-of-page = Ảnh, tệp định dạng hoặc thành phần khác của trang

visits-device-phone = Điện thoại
visits-device-tablet = Máy tính bảng
visits-device-desktop = Máy tính
visits-device-unknown = Không rõ thiết bị

visits-line-address = không bắt đầu bằng một địa chỉ IP
visits-line-time = thời gian không có dạng [24/Nov/2026:08:00:00 +0700]
visits-line-request = yêu cầu không gồm phương thức và đường dẫn trong dấu ngoặc kép
visits-line-status = mã trạng thái không phải số có ba chữ số
visits-line-agent = thiếu trang giới thiệu hoặc tên trình duyệt; nhật ký phải theo định dạng “combined”
visits-line-too-long = dài hơn 64 KB
